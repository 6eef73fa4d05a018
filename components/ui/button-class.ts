const BASE =
  'inline-flex min-h-12 items-center justify-center gap-2 rounded-sm px-6 py-2.5 text-center text-base font-medium leading-tight transition-colors duration-[120ms] ease-out'

const LOOKS = {
  /** The one thing to do on a page. */
  primary:
    'bg-accent text-on-accent hover:bg-accent-deep aria-disabled:bg-wash aria-disabled:text-ink-soft disabled:bg-wash disabled:text-ink-soft',
  /** Another way on. */
  secondary: 'border border-edge text-ink hover:border-ink hover:bg-sheet',
  /** Small acts inside a list: remove, edit. */
  quiet:
    'min-h-11 px-0! text-sm! font-normal! text-ink-soft underline decoration-edge underline-offset-4 hover:text-ink hover:decoration-current',
} as const

export type ButtonLook = keyof typeof LOOKS

/** Classes of a button, for the rare element that cannot be one of the components. */
export function buttonClass(look: ButtonLook = 'primary', className = ''): string {
  return `${BASE} ${LOOKS[look]} ${className}`
}
