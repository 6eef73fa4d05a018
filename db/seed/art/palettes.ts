import type { Palette } from './drawing'

const define = (name: string, paper: string, ...inks: Palette['inks']): Palette => ({ name, paper, inks })

/** The ink cupboard. Leading ink first; the last one is the accent that appears least. */
const cupboard = {
  estuary: define('estuary', '#f3ecdf', '#1f4e5a', '#6394a1', '#d9a566', '#b5533c'),
  brickyard: define('brickyard', '#f4e9d9', '#a8402a', '#d98a5b', '#2e3a40', '#e6bd85'),
  orchard: define('orchard', '#f2eee0', '#365537', '#8aa05a', '#d9a441', '#b4503a'),
  ledger: define('ledger', '#f6f1e7', '#1f2733', '#737d86', '#c24b32'),
  harbour: define('harbour', '#f0efe6', '#17355c', '#4a80aa', '#e0b04a', '#d2613c'),
  heather: define('heather', '#f3ebe6', '#463659', '#8e7097', '#d99a8c', '#3f6f6d'),
  night: define('night', '#1b2431', '#eadfc6', '#d8a25a', '#7ea4aa', '#c96a4d'),
  fernery: define('fernery', '#1f312a', '#e1e2c3', '#9fb46f', '#dfa45a', '#76a08e'),
  salt: define('salt', '#f6f2ea', '#2b4a76', '#9db6ca', '#e3a496', '#d8604c'),
  quarry: define('quarry', '#ebe6db', '#38383a', '#8c867b', '#c9b795', '#a44a3f'),
  marigold: define('marigold', '#f7eedb', '#c4552d', '#e3a035', '#24464d', '#eec676'),
  rosehip: define('rosehip', '#f6ebe2', '#2d3e55', '#c65d61', '#e7ab9d', '#8c9c7b'),
  glasshouse: define('glasshouse', '#eff0e4', '#1d594e', '#72a88f', '#efb79d', '#c8553d'),
  plaster: define('plaster', '#f3e7dc', '#7b3f35', '#d18a70', '#e4c3a5', '#4e6a6b'),
  charcoal: define('charcoal', '#2b2a29', '#f0e6d4', '#d79a55', '#b9b2a4', '#cc6a4b'),
} as const

export type PaletteName = keyof typeof cupboard

export function paletteNamed(name: PaletteName): Palette {
  return cupboard[name]
}

export const paletteNames = Object.keys(cupboard) as PaletteName[]
