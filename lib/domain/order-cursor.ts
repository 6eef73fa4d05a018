/** Where the next page of a list begins: what the last row was sorted by, and its id. */
export interface OrderCursor {
  readonly value: string
  readonly id: string
}
