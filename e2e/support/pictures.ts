import sharp, { type Sharp } from 'sharp'

const NOISE = 7_919

/** A picture of stripes; different enough from corner to corner to tell how it lies. */
export function testPicture(width = 1_600, height = 1_200): Sharp {
  const pixels = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3
      pixels[at] = x < width / 2 && y < height / 2 ? 250 : 10
      pixels[at + 1] = (x * 255) / width
      pixels[at + 2] = ((x * y) % NOISE) / 31
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

const after = (bytes: Buffer, more: string) => Buffer.concat([bytes, Buffer.from(more, 'latin1')])

/** Behind the first bytes of a JPEG, as a comment. */
function withComment(jpeg: Buffer, comment: string): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(comment.length + 2)
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xfe]), length, Buffer.from(comment), jpeg.subarray(2)])
}

/** A PNG that says it is as large as this and holds next to nothing. */
async function liar(width: number, height: number): Promise<Buffer> {
  const png = await sharp({ create: { width: 500, height: 500, channels: 3, background: '#fff' } })
    .png()
    .toBuffer()
  png.writeUInt32BE(width, 16)
  png.writeUInt32BE(height, 20)
  return png
}

/** What nobody should be able to put among a shop's pictures, by what it is. */
export async function hostilePictures(): Promise<Readonly<Record<string, Buffer>>> {
  const jpeg = await testPicture().jpeg().toBuffer()
  const png = await testPicture(500, 500).png().toBuffer()
  const webp = await testPicture(500, 500).webp().toBuffer()
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="800"><script>alert(1)</script></svg>'
  const zipEnd = `PK\u0005\u0006${'\0'.repeat(18)}`
  const white = await sharp({ create: { width: 500, height: 500, channels: 3, background: '#fff' } })
    .png()
    .toBuffer()
  const frames = await sharp([png, white], { join: { animated: true } })
    .webp()
    .toBuffer()
  return {
    'an SVG with a script': Buffer.from(svg),
    'an SVG behind a line of XML': Buffer.from(`<?xml version="1.0"?>\n${svg}`),
    'a page that is called a picture': Buffer.from('<!doctype html><script>alert(1)</script>'),
    'a GIF': Buffer.from('GIF89a\u0001\0\u0001\0\0\0\0;', 'latin1'),
    'a PDF': Buffer.from('%PDF-1.7\n1 0 obj'),
    'a JPEG with a page in its comment': withComment(jpeg, '<script>alert(1)</script>'),
    'a JPEG with a program behind it': after(jpeg, '<?php system($_GET[0]); ?>'),
    'a JPEG that is an archive': after(jpeg, `PK\u0003\u0004${'x'.repeat(200)}${zipEnd}`),
    'a JPEG that is a PDF': withComment(jpeg, '%PDF-1.7'),
    'a PNG with more behind its end': after(png, 'more'),
    'a WebP with more behind its end': after(webp, 'more and more'),
    'a bomb: 50,000 by 50,000 pixels': await liar(50_000, 50_000),
    'a bomb: 200 million white pixels': await sharp({
      create: { width: 14_200, height: 14_200, channels: 3, background: '#fff' },
      limitInputPixels: false,
    })
      .png({ compressionLevel: 9 })
      .toBuffer(),
    'half a JPEG': jpeg.subarray(0, Math.floor(jpeg.length / 2)),
    'a PNG that is not what it says': await liar(600, 500),
    'a picture that moves': frames,
    'a picture that is too small': await testPicture(399, 399).png().toBuffer(),
    'a picture that is too long': await testPicture(400, 1_700).png().toBuffer(),
    nothing: Buffer.alloc(0),
  }
}
