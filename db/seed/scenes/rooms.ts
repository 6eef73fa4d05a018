import { mix } from '../art/colour'
import { paletteNamed } from '../art/palettes'
import { rectPath } from '../art/path'
import type { Work } from '../art/works'
import { frame } from './frames'
import { box, oval, shadowOf, soft, wall } from './light'
import { vase } from './props'
import { landscape, type DrawScene } from './scene'

const OAK = '#c29a68'

/** A low sideboard along the foot of the wall. */
function sideboard(top: number): string {
  const body = rectPath(660, top, 1300, 400)
  return (
    shadowOf(box(660, top, 1300, 400), 26) +
    `<path fill="${OAK}" d="${body}"/><path fill="${mix(OAK, '#ffffff', 0.2)}" d="${rectPath(650, top - 18, 1310, 24)}"/>` +
    `<path fill="#2a1f14" opacity="0.2" d="${rectPath(660, top + 6, 1300, 12)}"/>` +
    `<path fill="none" stroke="#7a5a34" stroke-opacity="0.55" stroke-width="3" d="M1060 ${top + 18}V1200M1460 ${top + 18}V1200"/>` +
    `<g fill="#6b4c2a"><circle cx="1030" cy="${top + 80}" r="9"/><circle cx="1430" cy="${top + 80}" r="9"/></g>`
  )
}

function books(x: number, foot: number, inks: readonly string[]): string {
  const spines = [
    [214, 30],
    [190, 24],
    [196, 36],
  ] as const
  let y = foot
  return spines
    .map(([width, height], index) => {
      y -= height
      const colour = mix(inks[index] ?? OAK, '#e8dfd0', 0.12)
      const path = rectPath(x + index * 9, y, width, height)
      return `<path fill="${colour}" d="${path}"/><path fill="#ffffff" opacity="0.16" d="${rectPath(x + index * 9, y, width, 6)}"/><path fill="#15110d" opacity="0.2" d="${rectPath(x + index * 9, y + height - 5, width, 5)}"/>`
    })
    .join('')
}

/** The room of the home page: one large work on a quiet wall, with room for words on the left. */
export const drawRoom: DrawScene<'room'> = (work: Work) => {
  const palette = paletteNamed(work.palette)
  const top = 1010
  return {
    svg:
      wall(landscape) +
      frame(work, 'oak', 960, 84, 560, 20) +
      sideboard(top) +
      soft(oval(1670, top - 16, 118, 7), 10, 0.4) +
      books(1548, top - 16, palette.inks) +
      vase(800, top - 12, 0.92, palette),
  }
}
