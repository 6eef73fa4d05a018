import { mix } from '../art/colour'
import { paletteNamed } from '../art/palettes'
import { polygon, rectPath } from '../art/path'
import type { Work } from '../art/works'
import { box, counter, falloff, oval, shadowOf, soft, table } from './light'
import { inks } from './paper'
import type { DrawScene } from './scene'

const ratio = 1.414

/** The front of a card, its upper left corner at the origin. */
function face(work: Work, width: number): string {
  const path = rectPath(0, 0, width, width * ratio)
  return (
    `<path fill="${paletteNamed(work.palette).paper}" d="${path}"/>` +
    inks(work, width * 0.06, width * 0.06 * ratio, width * 0.88, width * 0.88 * ratio) +
    `<path fill="#2a2118" opacity="0.08" d="${rectPath(0, 0, 5, width * ratio)}"/>` +
    falloff(path)
  )
}

/** The back of an envelope, its upper left corner at the origin. */
function envelope(width: number, height: number, colour: string): string {
  const path = rectPath(0, 0, width, height)
  const tip = height * 0.58
  const fold = mix(colour, '#2a2118', 0.16)
  return (
    shadowOf(box(0, 0, width, height), 7) +
    `<path fill="${colour}" d="${path}"/>` +
    `<path fill="none" stroke="${fold}" stroke-width="2" d="M0 ${height}L${width * 0.46} ${height * 0.5}M${width} ${height}L${width * 0.54} ${height * 0.5}"/>` +
    [10, 6, 3]
      .map(
        (down) =>
          `<path fill="#2a2118" opacity="0.06" d="${polygon([
            [0, down],
            [width, down],
            [width / 2, tip + down],
          ])}"/>`,
      )
      .join('') +
    `<path fill="${mix(colour, '#ffffff', 0.12)}" d="M0 0H${width}L${width * 0.53} ${tip - 10}Q${width / 2} ${tip + 8} ${width * 0.47} ${tip - 10}Z"/>` +
    falloff(path)
  )
}

export const drawCard: DrawScene<'card'> = (work, scene) => {
  const width = 640
  return {
    svg:
      `${table()}<g transform="translate(196 730) rotate(-9)">${envelope(820, 580, scene.envelope)}</g>` +
      `<g transform="translate(290 160) rotate(3)">${shadowOf(box(0, 0, width, width * ratio), 8)}${face(work, width)}</g>`,
  }
}

/** The card stands open on a counter, its envelope lying before it. */
export const drawCardStanding: DrawScene<'card-standing'> = (work, scene) => {
  const { paper } = paletteNamed(work.palette)
  const width = 600
  const height = width * ratio
  const inside = polygon([
    [0, 0],
    [230, -40],
    [230, height - 62],
    [0, height],
  ])
  return {
    svg:
      `${counter(960)}<g transform="translate(290 250)">` +
      soft(oval(width * 0.72, height - 16, width * 0.66, 26), 26, 0.3) +
      `<g transform="translate(${width} -28)"><path fill="${mix(mix(paper, '#f4efe6', 0.7), '#2a2118', 0.26)}" d="${inside}"/></g>` +
      `<g transform="skewY(-2.7)">${face(work, width)}</g></g>` +
      `<g transform="translate(420 1190) scale(1 0.34) skewX(-20)">${envelope(640, 470, scene.envelope)}</g>`,
  }
}

/** Eight cards in a paper band, with their envelopes beside them. */
export const drawCardPack: DrawScene<'card-pack'> = (work, scene) => {
  const width = 620
  const height = width * ratio
  const edge = mix(paletteNamed(work.palette).paper, '#cfc6b8', 0.5)
  const under = [7, 6, 5, 4, 3, 2, 1].map(
    (depth) =>
      `<path fill="${depth % 2 === 0 ? edge : '#f2ede4'}" d="${rectPath(depth * 3.4, depth * 4.2, width, height)}"/>`,
  )
  const band = rectPath(-3, height * 0.62, width + 30, 118)
  return {
    svg:
      `${table()}<g transform="translate(560 208) rotate(11)">${envelope(520, 746, scene.envelope)}</g>` +
      `<g transform="translate(216 300) rotate(-4)">${shadowOf(box(6, 8, width + 22, height + 28), 15)}${under.join('')}${face(work, width)}` +
      soft(box(-3, height * 0.62, width + 30, 118), 8, 0.3) +
      `<path fill="${mix(scene.envelope, '#f4efe6', 0.15)}" d="${band}"/>${falloff(band)}</g>`,
  }
}
