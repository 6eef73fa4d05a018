import type { Size } from '../art/drawing'
import type { Work } from '../art/works'

export type FrameFinish = 'oak' | 'black' | 'white'
export type Ruling = 'plain' | 'dotted' | 'ruled'

/** How a work is shown. Colours are #rrggbb of the object, not of the work. */
export type Scene =
  | { readonly kind: 'sheet' }
  | { readonly kind: 'framed'; readonly frame: FrameFinish }
  | { readonly kind: 'shelf'; readonly frame: FrameFinish }
  | { readonly kind: 'detail' }
  | { readonly kind: 'card'; readonly envelope: string }
  | { readonly kind: 'card-standing'; readonly envelope: string }
  | { readonly kind: 'card-pack'; readonly envelope: string }
  | { readonly kind: 'notebook'; readonly cloth: string }
  | { readonly kind: 'notebook-open'; readonly cloth: string; readonly ruling: Ruling }
  | { readonly kind: 'mug'; readonly glaze: string }
  | { readonly kind: 'mug-above'; readonly glaze: string }
  | { readonly kind: 'tote'; readonly cloth: string }
  | { readonly kind: 'tote-flat'; readonly cloth: string }
  | { readonly kind: 'room' }

type SceneKind = Scene['kind']

/** A work bent around a cylinder, which SVG can't do: the renderer bends its pixels and puts them where the drawing says `wrap:0`. */
export type Wrap = {
  readonly art: string
  readonly artSize: Size
  /** Size of the bent picture in scene units. */
  readonly size: Size
  /** How far the middle of the picture hangs below its edges. */
  readonly sag: { readonly top: number; readonly bottom: number }
}

export type SceneDrawing = { readonly svg: string; readonly wrap?: Wrap }

/** Draws the inside of the picture; the caller adds the document around it. */
export type DrawScene<Kind extends SceneKind> = (work: Work, scene: Extract<Scene, { kind: Kind }>) => SceneDrawing

/** Every picture in a grid is a portrait of 4:5. */
export const portrait: Size = { width: 1200, height: 1500 }
export const landscape: Size = { width: 1800, height: 1200 }
export const wrapPlaceholder = 'wrap:0'
