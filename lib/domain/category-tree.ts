interface Node {
  readonly id: number
  readonly parentId: number | null
}

/** 1 at the root. Stops at a loop, on which nothing should hang. */
export function depthOf(tree: readonly Node[], id: number): number {
  return idsAbove(tree, id).length
}

/** How many levels there are below a category. */
export function heightOf(tree: readonly Node[], id: number): number {
  const own = depthOf(tree, id)
  return Math.max(0, ...tree.filter((row) => isBelow(tree, row.id, id)).map((row) => depthOf(tree, row.id) - own))
}

/** Whether `id` is `other` or below it. */
export function isBelow(tree: readonly Node[], id: number, other: number): boolean {
  return idsAbove(tree, id).includes(other)
}

/** The category itself and what it is in, from the inside out. */
function idsAbove(tree: readonly Node[], id: number): number[] {
  const ids: number[] = []
  let current = tree.find((row) => row.id === id)
  while (current && !ids.includes(current.id)) {
    ids.push(current.id)
    const { parentId } = current
    current = tree.find((row) => row.id === parentId)
  }
  return ids
}

/** The rows in the order in which a tree is read, each with its depth; siblings keep their order. */
export function inTreeOrder<Row extends Node>(tree: readonly Row[]): { readonly row: Row; readonly depth: number }[] {
  const below = (parentId: number | null, depth: number): { row: Row; depth: number }[] =>
    tree.filter((row) => row.parentId === parentId).flatMap((row) => [{ row, depth }, ...below(row.id, depth + 1)])
  return below(null, 1)
}
