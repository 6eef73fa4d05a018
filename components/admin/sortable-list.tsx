'use client'

import {
  closestCenter,
  DndContext,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
  type Announcements,
} from '@dnd-kit/core'
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { startTransition, useActionState, useEffect, useId, useOptimistic, type ReactNode } from 'react'

import { IDLE_STEP, type StepAction } from '@/components/checkout/step-state'
import { Notice } from '@/components/ui/notice'

interface Item {
  readonly id: number
  readonly name: string
  readonly node: ReactNode
}

/**
 * A list whose items are dragged to another place by mouse, finger or keyboard. Each item brings buttons of its own that do the same
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
  const sensors = useSensors(
    // A finger that only taps or scrolls past drags nothing.
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
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
          <Notice tone="danger" announce>
            {state.errors['form']}
          </Notice>
        </div>
      ) : null}
      {/* The id keeps what the server and the browser name alike. */}
      <DndContext
        id={useId()}
        sensors={sensors}
        collisionDetection={closestCenter}
        accessibility={{ announcements: announce(items) }}
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

/** What screen readers hear of a drag. */
function announce(items: readonly Item[]): Announcements {
  const nameOf = (id: number | string) => items.find((item) => item.id === id)?.name ?? ''
  const placeOf = (id: number | string) => `place ${items.findIndex((item) => item.id === id) + 1} of ${items.length}`
  return {
    onDragStart: ({ active }) => `${nameOf(active.id)} is picked up, at ${placeOf(active.id)}.`,
    onDragOver: ({ active, over }) => (over ? `${nameOf(active.id)} is over ${placeOf(over.id)}.` : undefined),
    onDragEnd: ({ active, over }) => `${nameOf(active.id)} is put down at ${placeOf(over?.id ?? active.id)}.`,
    onDragCancel: ({ active }) => `${nameOf(active.id)} is back at ${placeOf(active.id)}.`,
  }
}

function SortableItem({ item: { id, name, node } }: { item: Item }) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
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
      <button
        type="button"
        ref={setActivatorNodeRef}
        className="desk-handle"
        {...attributes}
        {...listeners}
        aria-label={`Move ${name.toLowerCase()}`}
      >
        <span aria-hidden="true">⠿</span>
      </button>
      {node}
    </li>
  )
}
