import { ActForm } from '@/components/admin/act-form'
import { Panel } from '@/components/admin/panel'
import { Time } from '@/components/admin/time'
import type { StepState } from '@/components/checkout/step-state'
import type { OrderDesk } from '@/lib/admin/order-desk'
import { newestMails } from '@/lib/domain/order-mail'

import { sendMailAgain } from './actions'
import { mailName } from './timeline-entries'

/** What the buyer was mailed, and what could not be. `hidden`: null for whoever only looks at it. */
export function MailsPart({
  desk,
  hidden,
  refused,
}: {
  desk: OrderDesk
  hidden: Readonly<Record<string, string>> | null
  refused: StepState | null
}) {
  const mails = newestMails(desk.mails)
  if (mails.length === 0) return null
  const over = mails.filter(({ doneAt, deadAt }) => doneAt ?? deadAt)
  const options = over.map((mail) => ({ value: mail.first, label: labelOf(mail, desk) }))
  return (
    <Panel id="mails" title="Mail to the buyer">
      <ul className="space-y-2">
        {mails.map((mail) => (
          <li key={mail.first}>
            {labelOf(mail, desk)}: <Fate mail={mail} />
          </li>
        ))}
      </ul>
      {hidden && options.length > 0 ? (
        <div className="mt-3">
          <ActForm
            id="mail"
            action={sendMailAgain}
            refused={refused}
            hidden={hidden}
            fields={[
              {
                kind: 'select',
                name: 'mail',
                label: 'Which mail',
                hint: `To ${desk.order.email}, with what is so by now.`,
                value: (over.find(({ deadAt }) => deadAt) ?? over.at(-1))?.first ?? '',
                options,
              },
            ]}
            submit="Send the mail again"
            pending="A moment…"
            look="plain"
          />
        </div>
      ) : null}
    </Panel>
  )
}

type NewestMail = ReturnType<typeof newestMails<OrderDesk['mails'][number]>>[number]

/** Parcels, and refunds, are told apart by their place among each other. */
function labelOf({ kind, about }: NewestMail, { shipments, refunds }: OrderDesk): string {
  const name = mailName(kind)
  const text = name.charAt(0).toUpperCase() + name.slice(1)
  const things: readonly { readonly id: string }[] = kind === 'shipped' ? shipments : kind === 'refunded' ? refunds : []
  if (things.length < 2) return text
  return `${text} (${things.findIndex(({ id }) => id === about) + 1} of ${things.length})`
}

function Fate({ mail: { doneAt, deadAt, lastError } }: { mail: NewestMail }) {
  if (doneAt) {
    return (
      <span className="text-ink-soft">
        sent <Time at={doneAt} />
      </span>
    )
  }
  if (!deadAt)
    return <span className="text-ink-soft">on its way{lastError ? `, tried again after: ${lastError}` : ''}</span>
  return (
    <strong className="font-medium">
      could not be sent and is given up, <Time at={deadAt} />
      {lastError ? `: ${lastError}` : ''}
    </strong>
  )
}
