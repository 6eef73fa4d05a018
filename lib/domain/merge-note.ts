import { z } from 'zod'

const Ids = z.array(z.int().positive()).max(50)

/** What a member is told once, after the cart of the browser met the one of the account. Variants by id. */
export const MergeNote = z.object({
  version: z.literal(3),
  /** Only the browser's cart had it. */
  added: Ids,
  /** More of it than either cart had. */
  summed: Ids,
  /** Fewer than the two carts had together: no more are in stock, or may be in one cart. */
  capped: Ids,
  /** The account's cart had more of it than are in stock; nothing was added. */
  short: Ids,
  /** Sold out, or did not fit in the cart; on the wish list instead. */
  leftOut: Ids,
})
export type MergeNote = z.infer<typeof MergeNote>
