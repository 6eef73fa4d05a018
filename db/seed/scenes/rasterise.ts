import sharp, { type Sharp } from 'sharp'

import { wrapPlaceholder, type SceneDrawing, type Wrap } from './scene'

/** Bends the work around an upright cylinder of which the front half is seen. */
async function bend(wrap: Wrap, scale: number): Promise<Buffer> {
  const width = Math.round(wrap.size.width * scale)
  const height = Math.round(wrap.size.height * scale)
  const flatWidth = Math.round((width * Math.PI) / 2)
  const flatHeight = Math.round((flatWidth * wrap.artSize.height) / wrap.artSize.width)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${flatWidth}" height="${flatHeight}" viewBox="0 0 ${wrap.artSize.width} ${wrap.artSize.height}">${wrap.art}</svg>`
  const flat = await sharp(Buffer.from(svg)).flatten({ background: '#ffffff' }).raw().toBuffer()
  const bent = Buffer.alloc(width * height * 3)
  const sample = (x: number, y: number, channel: number) => flat[(y * flatWidth + x) * 3 + channel] ?? 0
  for (let column = 0; column < width; column += 1) {
    const across = ((column + 0.5) / width) * 2 - 1
    const u = (0.5 + Math.asin(across) / Math.PI) * (flatWidth - 1)
    const left = Math.min(Math.floor(u), flatWidth - 2)
    const depth = Math.sqrt(1 - across * across)
    const top = wrap.sag.top * depth * scale
    const bottom = height - wrap.sag.bottom * (1 - depth) * scale
    for (let row = 0; row < height; row += 1) {
      const v = Math.min(Math.max((row - top) / (bottom - top), 0), 1) * (flatHeight - 1)
      const upper = Math.min(Math.floor(v), flatHeight - 2)
      for (let channel = 0; channel < 3; channel += 1) {
        const above = sample(left, upper, channel) * (left + 1 - u) + sample(left + 1, upper, channel) * (u - left)
        const below =
          sample(left, upper + 1, channel) * (left + 1 - u) + sample(left + 1, upper + 1, channel) * (u - left)
        bent[(row * width + column) * 3 + channel] = Math.round(above * (upper + 1 - v) + below * (v - upper))
      }
    }
  }
  return sharp(bent, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 1 })
    .toBuffer()
}

/** Turns a drawn scene into pixels; `scale` is pixels per scene unit. */
export async function rasterise(drawing: SceneDrawing, scale: number): Promise<Sharp> {
  let { svg } = drawing
  if (drawing.wrap) {
    const bent = await bend(drawing.wrap, scale)
    svg = svg.replace(wrapPlaceholder, () => `data:image/png;base64,${bent.toString('base64')}`)
  }
  const { data, info } = await sharp(Buffer.from(svg), { unlimited: true })
    .flatten({ background: '#ffffff' })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } })
}
