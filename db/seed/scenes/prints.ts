import { paletteNamed } from '../art/palettes'
import { num, rectPath } from '../art/path'
import type { Work } from '../art/works'
import { frame } from './frames'
import { box, counter, falloff, shadowOf, table, wall } from './light'
import { inks, sheet, sheetRatio, workSize } from './paper'
import { vase } from './props'
import { portrait, type DrawScene } from './scene'

export const drawSheet: DrawScene<'sheet'> = (work) => {
  const width = 868
  const height = width * sheetRatio
  const x = (portrait.width - width) / 2
  const y = (portrait.height - height) / 2 - 6
  const path = rectPath(x, y, width, height)
  return { svg: table() + shadowOf(box(x, y, width, height), 9) + sheet(work, x, y, width) + falloff(path) }
}

export const drawFramed: DrawScene<'framed'> = (work, scene) => ({
  svg: wall() + frame(work, scene.frame, 190, 150, 820, 24),
})

export const drawShelf: DrawScene<'shelf'> = (work, scene) => {
  const edge = 1310
  const width = 730
  const framed = frame(work, scene.frame, 330, edge - width * 1.384, width, 15)
  return { svg: counter(edge) + framed + vase(212, edge + 34, 1, paletteNamed(work.palette)) }
}

/** A part of the work from close by, turned a little as one turns it in the hand. */
export const drawDetail: DrawScene<'detail'> = (work: Work) => {
  const zoom = 2.9
  const focusY = work.family === 'botanicals' ? 0.36 : 0.47
  const place = `translate(600 750) rotate(-7) scale(${zoom}) translate(-500 ${num(-focusY * workSize.height)})`
  const full = rectPath(0, 0, portrait.width, portrait.height)
  return {
    svg:
      `<path fill="${paletteNamed(work.palette).paper}" d="${full}"/>` +
      `<g transform="${place}">${inks(work, 0, 0, workSize.width, workSize.height)}</g>${falloff(full)}`,
  }
}
