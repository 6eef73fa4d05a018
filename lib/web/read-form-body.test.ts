import { describe, expect, test } from 'vitest'

import { judgeBody, readFormBody } from './read-form-body'

const URLENCODED = 'application/x-www-form-urlencoded'
const MULTIPART = 'multipart/form-data; boundary=b'
const WHOLE = '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n'

/** What is asked for byte by byte, so that a test sees how far somebody has read. */
function inChunks(type: string | null, chunks: readonly string[], announced?: number) {
  const left = [...chunks]
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const next = left.shift()
        if (next === undefined) controller.close()
        else controller.enqueue(Buffer.from(next))
      },
    },
    { highWaterMark: 0 },
  )
  const headers = {
    ...(type === null ? {} : { 'content-type': type }),
    ...(announced === undefined ? {} : { 'content-length': String(announced) }),
  }
  // The type of the browser's own fetch does not know this, and Node insists on it.
  const init = { method: 'POST', headers, body, duplex: 'half' }
  return { request: new Request('http://shop.example/', init), left }
}

const LONG = Array.from({ length: 100 }, () => 'x'.repeat(10_000))

describe('a form in a request', () => {
  test.each([
    [URLENCODED, ['a', '=1']],
    [MULTIPART, [WHOLE.slice(0, 20), WHOLE.slice(20)]],
  ])('is read from its pieces (%s)', async (type, chunks) => {
    const body = await readFormBody(inChunks(type, chunks).request)
    expect(body.kind === 'form' && body.form.get('a')).toBe('1')
    expect(await judgeBody(inChunks(type, chunks).request)).toBeNull()
  })

  test('is empty without a body', async () => {
    const body = await readFormBody(new Request('http://shop.example/', { method: 'POST' }))
    expect(body.kind === 'form' && [...body.form]).toEqual([])
  })

  test.each([URLENCODED, MULTIPART, 'text/plain', null])(
    'is not read beyond the limit when its length is not announced (%s)',
    async (type) => {
      for (const ask of [judgeBody, async (request: Request) => (await readFormBody(request)).kind]) {
        const { request, left } = inChunks(type, LONG)
        expect(await ask(request)).toBe('too_large')
        expect(left.length).toBeGreaterThan(80)
      }
    },
  )

  test('is not read at all when it announces too much', async () => {
    const { request, left } = inChunks(MULTIPART, LONG, 1_000_000)
    expect(await judgeBody(request)).toBe('too_large')
    expect(left).toHaveLength(100)
  })

  test.each([
    ['without a boundary', 'multipart/form-data', WHOLE],
    ['with an empty boundary', 'Multipart/Form-Data; boundary=', WHOLE],
    ['without content', MULTIPART, ''],
    ['of garbage', MULTIPART, 'garbage'],
    ['cut short', MULTIPART, WHOLE.slice(0, -10)],
    ['of another kind of parts', 'multipart/mixed; boundary=b', WHOLE],
  ])('is malformed when it is multipart %s', async (_what, type, content) => {
    expect((await readFormBody(inChunks(type, [content]).request)).kind).toBe('malformed')
    expect(await judgeBody(inChunks(type, [content]).request)).toBe('malformed')
  })
})
