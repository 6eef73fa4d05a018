'use client'

import { useState, type ReactNode } from 'react'

import type { ProductPicture } from '@/lib/domain/catalog'

import { firstChoice, type Buyable } from './buyable'
import { BuyForm, type AddToCart } from './buy-form'
import { Gallery } from './gallery'

/** The pictures and the buying form, which follow each other. What stands around the form comes from the server. */
export function ProductStage({
  product,
  pictures,
  action,
  heading,
  notes,
}: {
  product: Buyable
  pictures: readonly ProductPicture[]
  action: AddToCart
  heading: ReactNode
  notes: ReactNode
}) {
  const [chosen, setChosen] = useState(() => firstChoice(product))
  const wanted = findPicture(product, pictures, chosen)
  return (
    <div className="stage">
      <Gallery pictures={pictures} wanted={wanted} />
      <div className="stage-side">
        {heading}
        <BuyForm
          product={product}
          picture={pictures[wanted] ?? null}
          action={action}
          chosen={chosen}
          onChoose={setChosen}
        />
        {notes}
      </div>
    </div>
  )
}

/** The first picture that shows most of the choice; the first of all when none shows any of it. */
function findPicture(product: Buyable, pictures: readonly ProductPicture[], chosen: readonly string[]): number {
  const values = new Map(product.options.map(({ name }, index) => [name, chosen[index]]))
  const scores = pictures.map(({ optionValues }) => {
    const shown = Object.entries(optionValues)
    return shown.every(([name, value]) => values.get(name) === value) ? shown.length : -1
  })
  return Math.max(0, scores.indexOf(Math.max(...scores)))
}
