import { mix } from '../art/colour'
import { inkAt, type Palette } from '../art/drawing'
import { num } from '../art/path'
import { createRng } from '../art/random'
import { box, oval, soft } from './light'

/** A stoneware bottle with a few dry stems; (x, foot) is the middle of its foot. */
export function vase(x: number, foot: number, scale: number, palette: Palette): string {
  const rng = createRng('vase')
  const clay = mix(inkAt(palette, 1), '#cfc3b0', 0.55)
  const body =
    'M-30 0C-92 -14 -104 -150 -62 -214C-40 -248 -27 -262 -26 -312L26 -312C27 -262 40 -248 62 -214C104 -150 92 -14 30 0Z'
  const stems = [-0.3, -0.12, 0.04, 0.2, 0.34].map((lean, index) => {
    const height = 290 + rng.range(-50, 70) - Math.abs(lean) * 160
    const tipX = lean * height * 1.15
    const tipY = -300 - height
    const buds = Array.from({ length: 6 }, (_, bud) => {
      const share = 0.62 + bud * 0.076
      const side = bud % 2 === 0 ? -1 : 1
      return `<ellipse cx="${num(tipX * share * share + side * 12)}" cy="${num(-300 - height * share)}" rx="6.5" ry="15" transform="rotate(${side * 24 + lean * 70} ${num(tipX * share * share)} ${num(-300 - height * share)})"/>`
    })
    return (
      `<path fill="none" stroke="#8a7856" stroke-width="4" d="M0 -300Q${num(lean * 60)} ${num(-300 - height * 0.5)} ${num(tipX)} ${num(tipY)}"/>` +
      `<g fill="${index % 2 === 0 ? '#a8925f' : '#b9a577'}">${buds.join('')}</g>`
    )
  })
  return (
    `<g transform="translate(${num(x)} ${num(foot)}) scale(${scale})">` +
    soft(oval(40, -3, 96, 10), 14, 0.42) +
    `${stems.join('')}<path fill="${clay}" d="${body}"/><path fill="url(#round)" d="${body}"/>` +
    `<ellipse cx="0" cy="-312" rx="26" ry="6" fill="${mix(clay, '#2a2118', 0.55)}"/></g>`
  )
}

/** A lead pencil lying on the table; the pencil points along the positive x axis before it is turned. */
export function pencil(x: number, y: number, angle: number, lacquer: string): string {
  return (
    `<g transform="translate(${num(x)} ${num(y)}) rotate(${num(angle)})">` +
    soft(box(8, 14, 490, 14), 9, 0.4) +
    `<path fill="${lacquer}" d="M0 0h450v24H0Z"/><path fill="#ffffff" opacity="0.2" d="M0 3h450v6H0Z"/><path fill="#2a2118" opacity="0.22" d="M0 17h450v7H0Z"/>` +
    `<path fill="#e2c79c" d="M450 0L492 9V15L450 24Z"/><path fill="#33302d" d="M492 9L512 12L492 15Z"/></g>`
  )
}
