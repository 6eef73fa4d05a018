/** The first thing the Tab key meets. */
export function SkipLink() {
  return (
    <a
      href="#main"
      className="absolute start-4 top-2 z-30 -translate-y-20 rounded-sm bg-ink px-4 py-3 text-sm text-paper focus:translate-y-0"
    >
      Skip to the content
    </a>
  )
}
