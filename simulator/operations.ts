/** The REST calls that the simulator knows, as the fault controls and the request log name them. */
export const OPERATIONS = [
  'token',
  'create_order',
  'get_order',
  'patch_order',
  'capture',
  'get_capture',
  'refund',
  'get_refund',
] as const

export type Operation = (typeof OPERATIONS)[number]
