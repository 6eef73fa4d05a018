import { createHash } from 'node:crypto'
import { access, mkdir, rename, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import type { Sharp } from 'sharp'

import { seedCategories, seedHeroImage, seedProducts } from './catalogue'
import type { SeedImage } from './catalogue/types'
import { drawScene, sceneSize } from './scenes/draw-scene'
import { rasterise } from './scenes/rasterise'
import type { Scene } from './scenes/scene'

/** Goes into every file name: raise it when a change to the drawing code changes pictures. */
export const RENDERER_VERSION = 2

export type RenderedImage = {
  readonly key: string
  /** File name without `-<width>.webp`. */
  readonly fileBase: string
  /** Size of the largest file in pixels. */
  readonly width: number
  readonly height: number
  readonly widths: readonly number[]
}

type Order = { readonly image: SeedImage; readonly widths: readonly [number, ...number[]] }

/** Bytes above which a picture is encoded once more with less quality; fine dots are what needs it. */
const byteLimits: Readonly<Record<number, number>> = { 400: 25_000, 800: 80_000, 1200: 160_000 }

function catalogueOrders(): Order[] {
  return [
    { image: seedHeroImage, widths: [800, 1600, 2400] },
    ...seedCategories.map(({ image }): Order => ({ image, widths: [400, 800] })),
    ...seedProducts.flatMap(({ images }) => images.map((image): Order => ({ image, widths: [400, 800, 1200] }))),
  ]
}

function describe({ image, widths }: Order): RenderedImage {
  const width = Math.max(...widths)
  const size = sceneSize(image.scene)
  const recipe = JSON.stringify([RENDERER_VERSION, image.work, image.scene])
  const hash = createHash('sha256').update(recipe).digest('hex').slice(0, 8)
  return {
    key: image.key,
    fileBase: `${image.key}-${hash}`,
    width,
    height: Math.round((width * size.height) / size.width),
    widths,
  }
}

/** The wall of the wide picture is one slow gradient, which shows blocks at the quality that suits the rest. */
async function encode(pixels: Sharp, width: number, kind: Scene['kind']): Promise<Buffer> {
  const at = (quality: number) => pixels.clone().resize({ width }).webp({ quality, effort: 2 }).toBuffer()
  const picture = await at(kind === 'room' ? 92 : 80)
  return picture.length > (byteLimits[width] ?? Infinity) ? at(62) : picture
}

async function isMissing(file: string): Promise<boolean> {
  return access(file).then(
    () => false,
    () => true,
  )
}

async function renderOne(outDir: string, order: Order, rendered: RenderedImage): Promise<void> {
  const files = order.widths.map((width) => ({ width, file: path.join(outDir, `${rendered.fileBase}-${width}.webp`) }))
  const missing = (await Promise.all(files.map(async (entry) => ((await isMissing(entry.file)) ? [entry] : [])))).flat()
  if (missing.length === 0) return
  const { work, scene } = order.image
  const pixels = await rasterise(drawScene(work, scene, rendered.width), rendered.width / sceneSize(scene).width)
  const write = async ({ width, file }: { width: number; file: string }) => {
    // Written aside and renamed: a file that exists is whole, even after a crash.
    await writeFile(`${file}.part`, await encode(pixels, width, scene.kind))
    await rename(`${file}.part`, file)
  }
  await Promise.all(missing.map(write))
}

/**
 * Renders every picture of the catalogue to WebP files in `outDir`, a few at a time, and returns what exists now in
 * the order hero, categories, products. Files that exist are left alone: their names change with what they show.
 */
export async function renderCatalogueImages(
  outDir: string,
  options: { onProgress?: (done: number, total: number) => void } = {},
): Promise<RenderedImage[]> {
  await mkdir(outDir, { recursive: true })
  const orders = catalogueOrders().map((order) => ({ order, rendered: describe(order) }))
  const queue = orders.values()
  let done = 0
  const work = async () => {
    for (const { order, rendered } of queue) {
      await renderOne(outDir, order, rendered)
      done += 1
      options.onProgress?.(done, orders.length)
    }
  }
  await Promise.all(Array.from({ length: Math.min(availableParallelism() + 1, 5) }, work))
  return orders.map(({ rendered }) => rendered)
}
