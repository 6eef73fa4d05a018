/** The pages of one place of /admin. Each is a page of its own, so these are links. */
export function Tabs({
  name,
  here,
  tabs,
}: {
  name: string
  here: string
  tabs: readonly { readonly href: string; readonly label: string; readonly count?: number }[]
}) {
  return (
    <nav aria-label={name} className="desk-tabs">
      {tabs.map(({ href, label, count = 0 }) => (
        <a key={href} href={href} aria-current={href === here ? 'page' : undefined}>
          {label}
          {count > 0 ? <span className="num text-ink-soft"> {count}</span> : null}
        </a>
      ))}
    </nav>
  )
}
