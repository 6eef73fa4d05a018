/** How this PayPal behaves where the real one differs by account, age or luck. Kept until a reset or restart. */
export type Settings = {
  /** False: capture events lack `supplementary_data.related_ids.order_id`, as older payloads do. */
  capturesNameTheirOrder: boolean
  /** True: a refund asked for by the shop stays PENDING until a control ends it. */
  refundsStayPending: boolean
  /** Seconds until the transaction search shows a movement of money. The real one takes up to 3 hours. */
  reportingLagSeconds: number
}

export const DEFAULT_SETTINGS: Readonly<Settings> = {
  capturesNameTheirOrder: true,
  refundsStayPending: false,
  reportingLagSeconds: 0,
}
