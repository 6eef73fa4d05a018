import { lightness, mix } from '../art/colour'
import { rectPath } from '../art/path'
import type { Work } from '../art/works'
import { box, falloff, oval, shadowOf, soft, table, wall } from './light'
import { inks } from './paper'
import type { DrawScene } from './scene'

const width = 760
const height = 850

/** Canvas that is longer than wide, hemmed at the top and soft at the foot; the upper left corner is the origin. */
const outline = `M6 0H${width - 6}C${width + 4} ${height * 0.35} ${width + 14} ${height * 0.8} ${width - 6} ${height - 14}Q${width / 2} ${height + 26} 6 ${height - 14}C-14 ${height * 0.8} -4 ${height * 0.35} 6 0Z`

function strap(path: string, cloth: string): string {
  return (
    [40, 46, 52, 60]
      .map(
        (weight) =>
          `<path fill="none" stroke="#3a2f22" stroke-opacity="0.07" stroke-width="${weight}" transform="translate(9 13)" d="${path}"/>`,
      )
      .join('') +
    `<path fill="none" stroke="${mix(cloth, '#2a2118', 0.14)}" stroke-width="46" d="${path}"/>` +
    `<path fill="none" stroke="${cloth}" stroke-width="38" d="${path}"/>`
  )
}

function bag(work: Work, cloth: string): string {
  const pale = lightness(cloth) > 0.5
  const thread = mix(cloth, pale ? '#2a2118' : '#ffffff', 0.3)
  const fold = (d: string, opacity: number) => `<path fill="url(#fold)" opacity="${opacity}" d="${d}"/>`
  return (
    shadowOf(box(0, 4, width + 4, height - 4, 14), 13) +
    `<path fill="${cloth}" d="${outline}"/>` +
    `<g style="${pale ? 'mix-blend-mode:multiply' : ''}">${inks(work, 140, 104, 480, 679)}</g>` +
    `<clipPath id="bag"><path d="${outline}"/></clipPath><g clip-path="url(#bag)">` +
    fold(`M130 0Q170 ${height * 0.5} 70 ${height + 20}L170 ${height + 20}Q250 ${height * 0.5} 186 0Z`, 0.06) +
    fold(
      `M${width - 160} 0Q${width - 230} ${height * 0.5} ${width - 110} ${height + 20}L${width - 20} ${height + 20}Q${width - 160} ${height * 0.45} ${width - 104} 0Z`,
      0.07,
    ) +
    `</g><path fill="none" stroke="${thread}" stroke-width="2.6" stroke-dasharray="12 7" d="M8 44H${width - 8}M8 52H${width - 8}"/>` +
    falloff(outline)
  )
}

/** The stitched square that holds a strap's end. */
function patches(cloth: string): string {
  const thread = mix(cloth, lightness(cloth) > 0.5 ? '#2a2118' : '#ffffff', 0.34)
  return [182, 532]
    .map(
      (x) =>
        `<path fill="${cloth}" d="${rectPath(x, 2, 46, 76)}"/><path fill="none" stroke="${thread}" stroke-width="2.2" d="${rectPath(x + 5, 34, 36, 38)}M${x + 5} 34l36 38M${x + 41} 34l-36 38"/>`,
    )
    .join('')
}

/** Hung on a wooden peg. */
export const drawTote: DrawScene<'tote'> = (work, scene) => {
  const loop = `M205 60C212 -60 330 -214 372 -304Q380 -322 388 -304C430 -214 548 -60 555 60`
  return {
    svg:
      `${wall()}<g transform="translate(220 500)">${soft(oval(394, -288, 31, 31), 12, 0.4)}` +
      `${strap(loop, mix(scene.cloth, '#2a2118', 0.1))}${bag(work, scene.cloth)}${strap('M205 70V20M555 70V20', scene.cloth)}${patches(scene.cloth)}` +
      `<circle cx="380" cy="-304" r="31" fill="#b98d58"/><circle cx="377" cy="-308" r="26" fill="#cda674"/></g>`,
  }
}

/** Laid flat, one strap up and one folded over the front. */
export const drawToteFlat: DrawScene<'tote-flat'> = (work, scene) => ({
  svg:
    `${table()}<g transform="translate(252 470) rotate(-6)">${strap('M205 60C196 -170 300 -300 380 -300S564 -170 555 60', mix(scene.cloth, '#2a2118', 0.08))}` +
    `${bag(work, scene.cloth)}${patches(scene.cloth)}</g>`,
})
