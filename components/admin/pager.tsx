/** Below a list: on to its next part, and back to its first. Nothing where the list is whole. */
export function Pager({ first, next, size }: { first: string | null; next: string | null; size: number }) {
  if (first === null && next === null) return null
  return (
    <nav aria-label="Pages" className="mt-5 flex gap-3">
      {first === null ? null : (
        <a href={first} className="desk-button">
          To the first page
        </a>
      )}
      {next === null ? null : (
        <a href={next} className="desk-button">
          Next {size}
        </a>
      )}
    </nav>
  )
}
