'use client'

import { closestCenter, DndContext, PointerSensor, useSensor, useSensors } from '@dnd-kit/core'
import { arrayMove, SortableContext, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { startTransition, useActionState, useEffect, useId, useOptimistic, type ReactNode } from 'react'

import { IDLE_STEP, type StepAction } from '@/components/checkout/step-state'

import { FormProblem } from './form-problem'

interface Item {
  readonly id: number
  readonly name: string
  readonly node: ReactNode
}

/**
 * A list whose items are dragged to another place by mouse or finger. Each item brings buttons of its own that do the same by keyboard and
 * without JavaScript; dragging sends their action the whole order, ids with commas between them.
 */
export function SortableList({
  items,
  action,
  hidden,
}: {
  items: readonly Item[]
  action: StepAction
  hidden: Readonly<Record<string, string>>
}) {
  const [state, submit, pending] = useActionState(action, IDLE_STEP)
  const given = items.map(({ id }) => id)
  const [order, showOrder] = useOptimistic(given)
  // Whoever only clicks drags nothing. Keys have the buttons.
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }))
  useEffect(() => {
    if (state.goTo) window.location.assign(state.goTo)
  }, [state])

  function move(from: number, to: number) {
    const next = arrayMove(given, given.indexOf(from), given.indexOf(to))
    const data = new FormData()
    for (const [name, value] of Object.entries(hidden)) data.set(name, value)
    data.set('order', next.join(','))
    startTransition(() => {
      showOrder(next)
      submit(data)
    })
  }

  const byId = new Map(items.map((item) => [item.id, item]))
  return (
    <>
      {state.errors['form'] ? (
        <div className="mb-3">
          <FormProblem problem={state.errors['form']} confirmAt={state.confirmAt} />
        </div>
      ) : null}
      {/* The id keeps what the server and the browser name alike. */}
      <DndContext
        id={useId()}
        sensors={sensors}
        collisionDetection={closestCenter}
        onDragEnd={({ active, over }) => {
          if (over && over.id !== active.id) move(Number(active.id), Number(over.id))
        }}
      >
        <SortableContext items={order} strategy={verticalListSortingStrategy} disabled={pending}>
          <ol className="divide-y divide-rule" aria-busy={pending || undefined}>
            {order.map((id) => {
              const item = byId.get(id)
              return item ? <SortableItem key={id} item={item} /> : null
            })}
          </ol>
        </SortableContext>
      </DndContext>
    </>
  )
}

function SortableItem({ item: { id, name, node } }: { item: Item }) {
  const { listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id,
  })
  return (
    <li
      ref={setNodeRef}
      aria-label={name}
      data-dragged={isDragging ? '' : undefined}
      className="desk-sortable"
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      {/* Only the handle drags: text in the fields stays selectable. */}
      <span
        ref={setActivatorNodeRef}
        aria-hidden="true"
        title="Drag to another place"
        className="desk-handle"
        {...listeners}
      >
        ⠿
      </span>
      {node}
    </li>
  )
}
