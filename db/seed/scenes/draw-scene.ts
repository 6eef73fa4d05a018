import type { Work } from '../art/works'
import { drawCard, drawCardPack, drawCardStanding } from './cards'
import { definitions } from './light'
import { drawMug, drawMugAbove } from './mugs'
import { drawNotebook, drawNotebookOpen } from './notebooks'
import { drawDetail, drawFramed, drawSheet, drawShelf } from './prints'
import { drawRoom } from './rooms'
import { landscape, portrait, type Scene, type SceneDrawing } from './scene'
import { drawTote, drawToteFlat } from './totes'
import type { Size } from '../art/drawing'

function drawInside(work: Work, scene: Scene): SceneDrawing {
  switch (scene.kind) {
    case 'sheet':
      return drawSheet(work, scene)
    case 'framed':
      return drawFramed(work, scene)
    case 'shelf':
      return drawShelf(work, scene)
    case 'detail':
      return drawDetail(work, scene)
    case 'card':
      return drawCard(work, scene)
    case 'card-standing':
      return drawCardStanding(work, scene)
    case 'card-pack':
      return drawCardPack(work, scene)
    case 'notebook':
      return drawNotebook(work, scene)
    case 'notebook-open':
      return drawNotebookOpen(work, scene)
    case 'mug':
      return drawMug(work, scene)
    case 'mug-above':
      return drawMugAbove(work, scene)
    case 'tote':
      return drawTote(work, scene)
    case 'tote-flat':
      return drawToteFlat(work, scene)
    case 'room':
      return drawRoom(work, scene)
  }
}

export function sceneSize(scene: Scene): Size {
  return scene.kind === 'room' ? landscape : portrait
}

/** Draws a picture as an SVG document `width` pixels wide. The same work, scene and width give the same bytes. */
export function drawScene(work: Work, scene: Scene, width: number): SceneDrawing {
  const size = sceneSize(scene)
  const height = Math.round((width * size.height) / size.width)
  const inside = drawInside(work, scene)
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${size.width} ${size.height}">` +
    `<defs>${definitions}</defs>${inside.svg}</svg>`
  return { ...inside, svg }
}
