'use client'

import { startTransition, useActionState, useEffect, useState, type DragEvent, type ReactNode } from 'react'

import { IDLE_STEP, type StepAction } from '@/components/checkout/step-state'
import { Notice } from '@/components/ui/notice'

/**
 * A list whose items can be dragged to another place. Each item brings buttons of its own that do the same by keyboard, by touch and
 * without JavaScript; dragging sends their action the whole order, ids with commas between them.
 */
export function SortableList({
  items,
  action,
  hidden,
}: {
  items: readonly { readonly id: number; readonly name: string; readonly node: ReactNode }[]
  action: StepAction
  hidden: Readonly<Record<string, string>>
}) {
  const [state, submit, pending] = useActionState(action, IDLE_STEP)
  const [dragged, setDragged] = useState<number | null>(null)
  const [over, setOver] = useState<number | null>(null)
  useEffect(() => {
    if (state.goTo) window.location.assign(state.goTo)
  }, [state])

  function drop(event: DragEvent, targetId: number) {
    event.preventDefault()
    setOver(null)
    setDragged(null)
    if (dragged === null || dragged === targetId || pending) return
    const ids = items.map(({ id }) => id)
    const to = ids.indexOf(targetId)
    const order = ids.filter((id) => id !== dragged).toSpliced(to, 0, dragged)
    const data = new FormData()
    for (const [name, value] of Object.entries(hidden)) data.set(name, value)
    data.set('order', order.join(','))
    startTransition(() => submit(data))
  }

  return (
    <>
      {state.errors['form'] ? (
        <div className="mb-3">
          <Notice tone="danger" announce>
            {state.errors['form']}
          </Notice>
        </div>
      ) : null}
      <ol className="divide-y divide-rule" aria-busy={pending || undefined}>
        {items.map(({ id, name, node }) => (
          <li
            key={id}
            aria-label={name}
            data-over={over === id && dragged !== id ? '' : undefined}
            className="desk-sortable"
            onDragOver={(event) => {
              if (dragged === null) return
              event.preventDefault()
              setOver(id)
            }}
            onDrop={(event) => drop(event, id)}
          >
            {/* Only the handle drags: text in the fields stays selectable. */}
            <span
              aria-hidden="true"
              title="Drag to another place"
              className="desk-handle"
              draggable
              onDragStart={(event) => {
                event.dataTransfer.setData('text/plain', String(id))
                const row = event.currentTarget.closest('li')
                if (row) event.dataTransfer.setDragImage(row, 0, 0)
                setDragged(id)
              }}
              onDragEnd={() => setDragged(null)}
            >
              ⠿
            </span>
            {node}
          </li>
        ))}
      </ol>
    </>
  )
}
