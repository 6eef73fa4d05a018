'use client'

import { useEffect, useRef, useState, type ReactNode } from 'react'

/**
 * The bar above a table whose rows are chosen by checkboxes named `name`. With JavaScript it chooses all of the page, counts, takes a
 * range with Shift, and X chooses the row that J and K have led to; without, the boxes and the buttons beside them do.
 */
export function SelectRows({ name, children }: { name: string; children: ReactNode }) {
  const bar = useRef<HTMLDivElement>(null)
  const [chosen, setChosen] = useState({ count: 0, of: 0 })
  useEffect(() => {
    const form = bar.current?.closest('form')
    return form ? watchRows(form, name, setChosen) : undefined
  }, [name])
  const isAll = chosen.of > 0 && chosen.count === chosen.of
  function chooseAll(isChosen: boolean) {
    const form = bar.current?.closest('form')
    if (!form) return
    for (const box of boxesOf(form, name)) box.checked = isChosen
    setChosen({ count: isChosen ? boxesOf(form, name).length : 0, of: boxesOf(form, name).length })
  }
  return (
    <div
      ref={bar}
      className="sticky top-0 z-20 -mx-4 mb-1 flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-rule bg-paper px-4 py-2 sm:-mx-8 sm:px-8"
    >
      <label className="flex min-h-9 items-center gap-2.5 noscript:hidden">
        <input
          type="checkbox"
          checked={isAll}
          ref={(box) => {
            if (box) box.indeterminate = chosen.count > 0 && !isAll
          }}
          onChange={(event) => chooseAll(event.currentTarget.checked)}
          className="size-4.5 accent-accent"
        />
        All on this page
      </label>
      <span role="status" className="num min-w-24 text-ink-soft">
        {chosen.count === 0 ? '' : `${chosen.count} chosen`}
      </span>
      <span className="flex flex-wrap gap-2">{children}</span>
      <span className="ms-auto hidden text-xs text-ink-soft noscript:hidden xl:inline">
        <kbd>J</kbd> <kbd>K</kbd> next and previous, <kbd>X</kbd> choose, Shift for many
      </span>
    </div>
  )
}

function boxesOf(form: HTMLFormElement, name: string): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>(`input[type="checkbox"][name="${name}"]`)]
}

function watchRows(
  form: HTMLFormElement,
  name: string,
  tell: (chosen: { count: number; of: number }) => void,
): () => void {
  let last: HTMLInputElement | null = null
  const count = () => {
    const boxes = boxesOf(form, name)
    tell({ count: boxes.filter(({ checked }) => checked).length, of: boxes.length })
  }
  const onClick = (event: MouseEvent) => {
    const box = event.target
    if (!(box instanceof HTMLInputElement) || box.name !== name) return
    if (event.shiftKey && last) chooseRange(boxesOf(form, name), last, box)
    last = box
    count()
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
    const row = event.key.toLowerCase() === 'x' ? document.activeElement?.closest('tr') : null
    const box = boxesOf(form, name).find((each) => row?.contains(each))
    if (!box) return
    box.click()
    event.preventDefault()
  }
  form.addEventListener('click', onClick)
  document.addEventListener('keydown', onKey)
  // What the browser has kept of an earlier look at the page is chosen already.
  count()
  return () => {
    form.removeEventListener('click', onClick)
    document.removeEventListener('keydown', onKey)
  }
}

/** All between the two are as the second one is now. */
function chooseRange(boxes: readonly HTMLInputElement[], from: HTMLInputElement, to: HTMLInputElement): void {
  const [first = 0, last = 0] = [boxes.indexOf(from), boxes.indexOf(to)].toSorted((a, b) => a - b)
  for (const box of boxes.slice(first, last + 1)) box.checked = to.checked
}

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox' && target.type !== 'radio'
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}
