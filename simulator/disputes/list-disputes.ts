import { answered, refusedWith, type Outcome } from '../outcome'
import { detail, refuse } from '../refusals'
import type { Simulator } from '../simulator'
import { disputeSummary } from './dispute-representations'

const PAGE_SIZE_MAX = 50

/** Newest first. Filters: `disputed_transaction_id`, `dispute_state`, `create_time_after`, `update_time_after`. */
export function listDisputes(simulator: Simulator, origin: string, query: Record<string, string>): Outcome {
  const size = Number(query['page_size'] ?? 10)
  const start = Number(query['next_page_token'] ?? 0)
  if (!Number.isInteger(size) || size < 1 || size > PAGE_SIZE_MAX) return wrong('page_size')
  if (!Number.isInteger(start) || start < 0) return wrong('next_page_token')
  const after = (name: string) => (query[name] === undefined ? 0 : Date.parse(query[name]))
  const [createdAfter, updatedAfter] = [after('create_time_after'), after('update_time_after')]
  if (Number.isNaN(createdAfter)) return wrong('create_time_after')
  if (Number.isNaN(updatedAfter)) return wrong('update_time_after')
  const { disputed_transaction_id: captureId, dispute_state: state } = query
  const found = simulator.state
    .disputes()
    .toReversed()
    .filter(
      (each) =>
        each.createdAt >= createdAfter &&
        each.updatedAt >= updatedAfter &&
        (captureId === undefined || each.captureId === captureId),
    )
    .map((each) => disputeSummary(origin, each))
    .filter((each) => state === undefined || each['dispute_state'] === state)
  const page = found.slice(start, start + size)
  const self = `${origin}/v1/customer/disputes`
  const links = [{ href: self, rel: 'self', method: 'GET' }]
  const more = new URLSearchParams({ ...query, next_page_token: String(start + size) })
  if (start + size < found.length) links.push({ href: `${self}?${more}`, rel: 'next', method: 'GET' })
  return answered({ items: page, links })
}

function wrong(field: string): Outcome {
  return refusedWith(refuse(detail('INVALID_PARAMETER_VALUE', { field, location: 'query' })))
}
