import { mix } from '../art/colour'
import { paletteNamed } from '../art/palettes'
import { num, rectPath } from '../art/path'
import type { Work } from '../art/works'
import { box, falloff, shadowOf, table } from './light'
import { inks } from './paper'
import { pencil } from './props'
import type { DrawScene, Ruling } from './scene'

/** A board with a square back and rounded corners in front. */
function board(width: number, height: number, corner: number): string {
  return `M0 0H${num(width - corner)}Q${num(width)} 0 ${num(width)} ${num(corner)}V${num(height - corner)}Q${num(width)} ${num(height)} ${num(width - corner)} ${num(height)}H0Z`
}

/** A closed notebook, its upper left corner at the origin: printed cover, cloth spine, elastic, ribbon. */
function notebook(work: Work, width: number, cloth: string): string {
  const height = width * 1.4
  const spine = width * 0.135
  const cover = board(width, height, 16)
  const dark = mix(cloth, '#15110d', 0.3)
  const threads = Array.from({ length: 9 }, (_, index) => `M${num((spine * (index + 0.5)) / 9)} 0v${num(height)}`).join(
    '',
  )
  const elastic = rectPath(width * 0.885, -3, width * 0.026, height + 6)
  return (
    shadowOf(box(0, 0, width + 6, height + 8, 14), 15) +
    `<path fill="${dark}" d="M${num(width * 0.3)} ${num(height - 4)}h22l2 62l-13 -10l-13 10Z"/>` +
    `<g transform="translate(7 9)"><path fill="#e9e2d4" d="${cover}"/></g>` +
    `<path fill="${paletteNamed(work.palette).paper}" d="${cover}"/>` +
    inks(work, spine + width * 0.055, height * 0.055, width - spine - width * 0.11, height * 0.89) +
    `<path fill="${cloth}" d="${rectPath(0, 0, spine, height)}"/>` +
    `<path fill="none" stroke="${mix(cloth, '#ffffff', 0.18)}" stroke-opacity="0.4" stroke-width="1.5" d="${threads}"/>` +
    `<path fill="#15110d" opacity="0.14" d="${rectPath(spine, 0, 5, height)}${rectPath(spine * 0.72, 0, 3, height)}"/>` +
    `<path fill="#15110d" opacity="0.16" transform="translate(5 0)" d="${elastic}"/><path fill="${dark}" d="${elastic}"/>` +
    falloff(cover)
  )
}

export const drawNotebook: DrawScene<'notebook'> = (work, scene) => ({
  svg: `${table()}<g transform="translate(200 166)">${notebook(work, 800, scene.cloth)}</g>`,
})

function ruling(kind: Ruling, x: number, y: number, width: number, height: number): string {
  const pitch = 36
  if (kind === 'plain') return ''
  let path = ''
  for (let down = pitch; down < height; down += pitch) {
    if (kind === 'ruled') path += `M${num(x)} ${num(y + down)}h${num(width)}`
    else for (let across = 0; across <= width; across += pitch) path += `M${num(x + across)} ${num(y + down)}h0.1`
  }
  const weight = kind === 'ruled' ? 1.6 : 4.4
  return `<path fill="none" stroke="#a9a294" stroke-width="${weight}" stroke-linecap="round" d="${path}"/>`
}

/** Open in the middle, so that the paper and its ruling can be seen. */
export const drawNotebookOpen: DrawScene<'notebook-open'> = (work, scene) => {
  const width = 510
  const height = 730
  const block = rectPath(-width, 0, width * 2, height)
  const cover = rectPath(-width - 12, -12, width * 2 + 24, height + 24)
  const gutter = (from: number, to: number) =>
    `<linearGradient id="gutter${from}" x1="${from}" y1="0" x2="${to}" y2="0"><stop offset="0" stop-color="#3a2f22" stop-opacity="0.3"/><stop offset="0.16" stop-color="#3a2f22" stop-opacity="0.08"/><stop offset="0.5" stop-color="#3a2f22" stop-opacity="0"/></linearGradient>`
  const page = (x: number) => ruling(scene.ruling, x + 46, 54, width - 92, height - 110)
  return {
    svg:
      `${table()}<defs>${gutter(1, 0)}${gutter(0, 1)}</defs>` +
      `<g transform="translate(196 74) rotate(-7) scale(0.47)">${notebook(work, 800, scene.cloth)}</g>` +
      `<g transform="translate(610 672) rotate(-3)">${shadowOf(box(-width - 12, -12, width * 2 + 24, height + 24), 15)}<path fill="${scene.cloth}" d="${cover}"/>` +
      `<path fill="#ddd5c6" d="${rectPath(-width - 4, -4, width * 2 + 8, height + 8)}"/><path fill="#faf6ee" d="${block}"/>` +
      `${page(-width)}${page(0)}<path fill="url(#gutter1)" d="${rectPath(-width, 0, width, height)}"/><path fill="url(#gutter0)" d="${rectPath(0, 0, width, height)}"/>` +
      `<path fill="${mix(scene.cloth, '#15110d', 0.2)}" d="M-10 0h18L30 ${height + 60}l-11 -9l-8 10Z"/>${falloff(block)}</g>` +
      pencil(640, 440, -24, mix(scene.cloth, '#ffffff', 0.08)),
  }
}
