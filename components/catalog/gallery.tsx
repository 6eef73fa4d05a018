'use client'

import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type UIEvent } from 'react'

import { Picture } from '@/components/ui/picture'
import { pictureAddress } from '@/components/ui/picture-address'
import { useOnDemand } from '@/components/ui/use-on-demand'
import type { ProductPicture } from '@/lib/domain/catalog'

/** Fetched when a picture is about to be opened. */
const loadZoom = async () => (await import('./zoom-dialog')).ZoomDialog

/**
 * A strip to swipe through, with thumbnails. Links throughout: without JavaScript a thumbnail moves the strip and a
 * picture opens at full size. `wanted` is the picture that shows the choice made beside it.
 */
export function Gallery({ pictures, wanted }: { pictures: readonly ProductPicture[]; wanted: number }) {
  const strip = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState(0)
  const [zoomed, setZoomed] = useState<ProductPicture | null>(null)
  const [ZoomDialog, prepareZoom] = useOnDemand(loadZoom)
  const show = useCallback((index: number) => {
    const shown = strip.current?.children[index]
    if (!(shown instanceof HTMLElement)) return
    strip.current?.scrollTo({ left: shown.offsetLeft, behavior: 'smooth' })
  }, [])
  const mounted = useRef(false)
  useEffect(() => {
    if (mounted.current) show(wanted)
    mounted.current = true
  }, [show, wanted])

  const follow = ({ currentTarget }: UIEvent<HTMLElement>) => {
    setCurrent(Math.round(Math.abs(currentTarget.scrollLeft) / currentTarget.clientWidth))
  }
  const step = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const next = strip.current?.children[current + by]
    if (by === 0 || !(next instanceof HTMLElement)) return
    event.preventDefault()
    next.focus({ preventScroll: true })
    show(current + by)
  }
  const zoom = async (picture: ProductPicture) => {
    if (await prepareZoom()) setZoomed(picture)
    else window.location.assign(atFullSize(picture))
  }
  const instead = (event: MouseEvent, act: () => void) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    act()
  }

  if (pictures.length === 0) return <p className="gallery no-picture">No picture yet</p>
  return (
    <section aria-label="Pictures" className="gallery">
      <div ref={strip} className="gallery-strip" onScroll={follow} onKeyDown={step}>
        {pictures.map((picture, index) => (
          <a
            key={picture.base}
            id={`picture-${index + 1}`}
            href={atFullSize(picture)}
            onPointerEnter={() => void prepareZoom()}
            onFocus={() => void prepareZoom()}
            onClick={(event) => instead(event, () => void zoom(picture))}
          >
            <Picture picture={picture} sizes="(min-width: 56rem) 54vw, 100vw" eager={index === 0} />
          </a>
        ))}
      </div>
      {pictures.length > 1 ? (
        <nav aria-label="Choose a picture" className="thumbs">
          {pictures.map((picture, index) => (
            <a
              key={picture.base}
              href={`#picture-${index + 1}`}
              aria-current={index === current ? 'true' : undefined}
              aria-label={`Picture ${index + 1} of ${pictures.length}`}
              onClick={(event) => instead(event, () => show(index))}
            >
              <img
                src={pictureAddress(picture, Math.min(...picture.widths))}
                width={64}
                height={80}
                alt=""
                loading="lazy"
              />
            </a>
          ))}
        </nav>
      ) : null}
      {ZoomDialog ? <ZoomDialog picture={zoomed} onClose={() => setZoomed(null)} /> : null}
    </section>
  )
}

function atFullSize(picture: ProductPicture): string {
  return pictureAddress(picture, Math.max(...picture.widths))
}
