import { Panel } from '@/components/admin/panel'
import { Time } from '@/components/admin/time'
import { tellChange } from '@/lib/domain/what-changed'
import type { ProductDesk } from '@/lib/products/product-desk'

/** Who changed what lately, the newest first. */
export function ChangesPart({ desk: { changes } }: { desk: ProductDesk }) {
  if (changes.length === 0) return null
  return (
    <Panel id="changes" title="Changes">
      <ol className="space-y-3 text-xs">
        {changes.map(({ id, at, actorEmail, before, after }) => (
          <li key={id} className="break-words">
            <span className="flex flex-wrap justify-between gap-x-3 text-ink-soft">
              <span className="break-all">{actorEmail}</span>
              <Time at={at} />
            </span>
            {tellChange(before, after) || 'changed'}
          </li>
        ))}
      </ol>
    </Panel>
  )
}
