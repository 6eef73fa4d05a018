import 'server-only'

/** The shop's paper and ink (app/tokens.css; a test compares them). Mail programs know no variables. */
export const LIGHT = {
  paper: '#f7f4ed',
  sheet: '#fdfcf8',
  ink: '#1c1b19',
  'ink-soft': '#4b4843',
  rule: '#d8d2c4',
  accent: '#233f9e',
  'on-accent': '#fbfaf6',
} as const

export const DARK: Readonly<Record<keyof typeof LIGHT, string>> = {
  paper: '#17171a',
  sheet: '#1f1f23',
  ink: '#ece7dc',
  'ink-soft': '#bfb9ad',
  rule: '#37363a',
  accent: '#a9bbff',
  'on-accent': '#14151c',
}

export const SERIF = "Newsreader, 'Iowan Old Style', Palatino, Georgia, 'Times New Roman', serif"
export const SANS = "'Hanken Grotesk', -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
