import 'server-only'

/** A file that is written while it is read: however long it is, little of it is in memory. It begins with a mark by which spreadsheets know UTF-8. */
export async function streamCsv(name: string, lines: AsyncGenerator<string>): Promise<Response> {
  // What fails before the first line is an error page, and no half of a file.
  const first = await lines.next()
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(`\uFEFF${first.done ? '' : first.value}`)),
    pull: async (controller) => {
      const next = await lines.next()
      if (next.done) controller.close()
      else controller.enqueue(encoder.encode(next.value))
    },
    cancel: async () => {
      await lines.return(undefined)
    },
  })
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.csv"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
