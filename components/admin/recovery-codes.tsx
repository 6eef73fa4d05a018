import { Notice } from '@/components/ui/notice'

/** New recovery codes, on the only page that ever shows them. */
export function RecoveryCodes({ title, codes, to }: { title: string; codes: readonly string[]; to: string }) {
  return (
    <div className="space-y-4">
      <Notice tone="positive" title={title} announce>
        Keep these recovery codes where you would find them without your telephone. Each works once, and they are not
        shown again.
      </Notice>
      <ul className="desk-panel num grid grid-cols-2 gap-2 font-medium">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <a href={to} className="desk-button" data-look="primary">
        I have kept them
      </a>
    </div>
  )
}
