import { readMark } from '@/components/layout/marks'

/** By the mark of the wish list, which decides nothing. */
export function isWished(productId: number): boolean {
  return readMark('wished').split('.').includes(String(productId))
}
