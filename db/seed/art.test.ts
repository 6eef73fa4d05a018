import { describe, expect, it } from 'vitest'

import { paletteNames } from './art/palettes'
import { drawWork, familyNames } from './art/works'
import { drawScene } from './scenes/draw-scene'

const size = { width: 1000, height: 1414 }

describe.each(familyNames)('the family %s', (family) => {
  it('draws the same bytes from the same seed', () => {
    const work = { family, seed: 7, palette: 'estuary' } as const
    expect(drawWork(work, size)).toBe(drawWork({ ...work }, size))
  })

  it('draws something else from another seed', () => {
    const first = drawWork({ family, seed: 1, palette: 'estuary' }, size)
    expect(drawWork({ family, seed: 2, palette: 'estuary' }, size)).not.toBe(first)
  })

  it('uses the inks of its palette and no broken numbers', () => {
    for (const [index, palette] of paletteNames.entries()) {
      expect(drawWork({ family, seed: index + 1, palette }, { width: 300, height: 424 })).not.toMatch(
        /NaN|undefined|Infinity/,
      )
    }
  })
})

describe('a scene', () => {
  it('is the same document every time it is drawn', () => {
    const work = { family: 'tiles', seed: 3, palette: 'heather' } as const
    const scene = { kind: 'framed', frame: 'oak' } as const
    expect(drawScene(work, scene, 1200).svg).toBe(drawScene(work, scene, 1200).svg)
  })

  it('shows another seed as another picture', () => {
    const scene = { kind: 'mug', glaze: '#2d3b52' } as const
    const first = drawScene({ family: 'weaves', seed: 3, palette: 'heather' }, scene, 1200)
    const second = drawScene({ family: 'weaves', seed: 4, palette: 'heather' }, scene, 1200)
    expect(first.wrap?.art).not.toBe(second.wrap?.art)
  })
})
