import { mix } from '../art/colour'
import type { Size } from '../art/drawing'
import { paletteNamed } from '../art/palettes'
import { circlePath, rectPath } from '../art/path'
import { drawWork, type Work } from '../art/works'
import { box, counter, falloff, oval, shadowOf, soft, table } from './light'
import { sheet, sheetRatio } from './paper'
import { wrapPlaceholder, type DrawScene, type Wrap } from './scene'

const bodyWidth = 640
const bodyHeight = 690
const rim = 52
const foot = 74
/** Half the way around is in sight, so the work is drawn as wide as that is high. */
const artSize: Size = { width: 1500, height: 1000 }

function wrapFor(work: Work): Wrap {
  const { paper } = paletteNamed(work.palette)
  const art =
    `<path fill="${paper}" d="${rectPath(0, 0, artSize.width, artSize.height)}"/>` +
    `<svg x="0" y="70" width="1500" height="850" viewBox="0 0 1500 850" overflow="hidden">${drawWork(work, { width: 1500, height: 850 })}</svg>`
  return { art, artSize, size: { width: bodyWidth, height: bodyHeight }, sag: { top: rim, bottom: foot } }
}

/** A mug from the front and a little above, its rim's left end at the origin. */
export const drawMug: DrawScene<'mug'> = (work, scene) => {
  const { paper } = paletteNamed(work.palette)
  const right = bodyWidth
  const bottom = bodyHeight - foot
  const body = `M0 0V${bottom - 30}C0 ${bottom + foot * 0.62} ${right * 0.24} ${bottom + foot} ${right / 2} ${bottom + foot}S${right} ${bottom + foot * 0.62} ${right} ${bottom - 30}V0A${right / 2} ${rim} 0 0 1 0 0Z`
  const handle = `M${right - 8} 128C${right + 210} 90 ${right + 236} 452 ${right - 10} 472`
  const lip = `<ellipse cx="${right / 2}" cy="0" rx="${right / 2}" ry="${rim}"`
  const svg =
    `${counter(900)}<g transform="translate(228 430)">` +
    soft(oval(right / 2 + 90, bottom + foot - 38, right * 0.52, 34), 54, 0.26) +
    soft(oval(right / 2 + 12, bottom + foot - 34, right * 0.43, 28), 18, 0.42) +
    `<g fill="none" stroke-linecap="round"><path stroke="${mix(scene.glaze, '#15110d', 0.3)}" stroke-width="66" d="${handle}"/>` +
    `<path stroke="${scene.glaze}" stroke-width="54" transform="translate(-4 -5)" d="${handle}"/>` +
    `<path stroke="${mix(scene.glaze, '#ffffff', 0.28)}" stroke-width="12" stroke-opacity="0.7" transform="translate(-2 -20)" d="${handle}"/></g>` +
    `<clipPath id="body"><path d="${body}"/></clipPath><g clip-path="url(#body)"><path fill="${paper}" d="${body}"/>` +
    `<image href="${wrapPlaceholder}" x="0" y="0" width="${bodyWidth}" height="${bodyHeight}" preserveAspectRatio="none"/>` +
    `<path fill="url(#round)" d="${body}"/></g>` +
    `${lip} fill="${mix(scene.glaze, '#ffffff', 0.2)}"/><ellipse cx="${right / 2}" cy="3" rx="${right / 2 - 13}" ry="${rim - 9}" fill="${mix(scene.glaze, '#15110d', 0.42)}"/>` +
    `${soft(oval(right / 2 + 50, 14, right / 2 - 130, rim - 36), 22, 0.5, scene.glaze)}</g>`
  return { svg, wrap: wrapFor(work) }
}

/** The mug from above, full of coffee, on a table with the print it comes from. */
export const drawMugAbove: DrawScene<'mug-above'> = (work, scene) => {
  const width = 700
  const paperPath = rectPath(0, 0, width, width * sheetRatio)
  const disc = (radius: number) => circlePath(0, 0, radius)
  return {
    svg:
      `${table()}<g transform="translate(148 178) rotate(-5)">${shadowOf(box(0, 0, width, width * sheetRatio), 6)}${sheet(work, 0, 0, width)}${falloff(paperPath)}</g>` +
      `<g transform="translate(800 1080) rotate(38)"><g transform="rotate(-38)">${shadowOf(oval(0, 0, 232, 232), 26)}</g>` +
      `<g>${shadowOf(box(150, -30, 208, 60, 24), 8)}<rect x="150" y="-32" width="212" height="64" rx="26" fill="${scene.glaze}"/><rect x="150" y="-26" width="200" height="14" rx="7" fill="#ffffff" opacity="0.22"/></g></g>` +
      `<g transform="translate(800 1080)"><path fill="${paletteNamed(work.palette).paper}" d="${disc(236)}"/><path fill="${mix(scene.glaze, '#ffffff', 0.24)}" d="${disc(228)}"/>` +
      `<path fill="${mix(scene.glaze, '#15110d', 0.35)}" d="${disc(212)}"/><path fill="${scene.glaze}" opacity="0.75" d="${circlePath(12, 15, 196)}"/>` +
      `<path fill="#4a2d1b" d="${circlePath(4, 5, 178)}"/>${soft(oval(-52, -62, 50, 50), 46, 0.5, '#7a4d2e')}` +
      `<path fill="none" stroke="#8d6040" stroke-opacity="0.7" stroke-width="5" d="${circlePath(4, 5, 174)}"/></g>`,
  }
}
