/**
 * What an UPDATE returns has no order of its own. Rows of the same moment are told apart by their id, so that there is one order
 * only.
 */
export function oldestFirst<Row extends { readonly createdAt: Date; readonly id: string }>(
  rows: readonly Row[],
): Row[] {
  return rows.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1))
}
