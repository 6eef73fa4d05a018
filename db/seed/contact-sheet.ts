import { tmpdir } from 'node:os'
import path from 'node:path'
import sharp from 'sharp'

import { seedProducts } from './catalogue'
import { renderCatalogueImages } from './render-images'

/**
 * Lays the catalogue's pictures out on one sheet, to look at them together:
 * `npx tsx db/seed/contact-sheet.ts OUT.png [part of an image key]`. Without the second word: the first picture of every product.
 */
const [out, wanted] = process.argv.slice(2)
const columns = 12
const cell = { width: 200, height: 250, gap: 14 }

async function layOut(file: string): Promise<void> {
  const folder = path.join(tmpdir(), 'plotterhouse-pictures')
  const rendered = await renderCatalogueImages(folder)
  const leading = new Set(seedProducts.toReversed().map(({ images }) => images[0]?.key))
  const order = [...leading]
  const shown = rendered
    .filter(({ key, widths }) => widths.includes(400) && (wanted ? key.includes(wanted) : leading.has(key)))
    .toSorted((a, b) => order.indexOf(a.key) - order.indexOf(b.key))
  const pictures = await Promise.all(
    shown.map(async ({ fileBase }, index) => ({
      input: await sharp(path.join(folder, `${fileBase}-400.webp`))
        .resize(cell.width, cell.height)
        .toBuffer(),
      left: cell.gap + (index % columns) * (cell.width + cell.gap),
      top: cell.gap + Math.floor(index / columns) * (cell.height + cell.gap),
    })),
  )
  const width = cell.gap + Math.min(columns, shown.length) * (cell.width + cell.gap)
  const height = cell.gap + Math.ceil(shown.length / columns) * (cell.height + cell.gap)
  await sharp({ create: { width, height, channels: 3, background: '#faf7f1' } })
    .composite(pictures)
    .png()
    .toFile(file)
}

if (!out) {
  console.error('Usage: npx tsx db/seed/contact-sheet.ts OUT.png [part of an image key]')
  process.exitCode = 1
} else {
  await layOut(out)
}
