/** Records by their id, in the order in which they first came, with groups that are kept up to date. */
export type Index<Item> = {
  get: (id: string) => Item | undefined
  all: () => Item[]
  put(items: readonly Item[] | undefined): void
  remove(id: string): void
  clear(): void
  /** The items for which the rule holds. */
  subset(rule: (item: Item) => boolean): () => Item[]
  /** The items under one value of a property that never changes. */
  groupedBy(property: (item: Item) => string | null): (value: string) => Item[]
}

export function createIndex<Item>(idOf: (item: Item) => string): Index<Item> {
  const items = new Map<string, Item>()
  const put: ((id: string, item: Item) => void)[] = []
  const removed: ((id: string) => void)[] = []
  const cleared: (() => void)[] = []
  return {
    get: (id) => items.get(id),
    all: () => [...items.values()],
    put: (added = []) => {
      for (const item of added) {
        const id = idOf(item)
        items.set(id, item)
        for (const tell of put) tell(id, item)
      }
    },
    remove: (id) => {
      items.delete(id)
      for (const tell of removed) tell(id)
    },
    clear: () => {
      items.clear()
      for (const tell of cleared) tell()
    },
    subset: (rule) => {
      const inside = new Map<string, Item>()
      put.push((id, item) => void (rule(item) ? inside.set(id, item) : inside.delete(id)))
      removed.push((id) => inside.delete(id))
      cleared.push(() => inside.clear())
      return () => [...inside.values()]
    },
    groupedBy: (property) => {
      const groups = new Map<string, Set<string>>()
      put.push((id, item) => {
        const value = property(item)
        if (value === null) return
        const group = groups.get(value) ?? new Set()
        groups.set(value, group.add(id))
      })
      cleared.push(() => groups.clear())
      return (value) => [...(groups.get(value) ?? [])].flatMap((id) => items.get(id) ?? [])
    },
  }
}
