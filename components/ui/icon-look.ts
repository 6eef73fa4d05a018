/** How icons look beside words, which say the same: light strokes, a little larger than the letters. */
export const ICON = { 'aria-hidden': true, size: 18, strokeWidth: 1.5 } as const
