/** One part of the proof: a claim about the shop, and a way of trying to break it. */
export interface Part {
  /** Also the flag that sets its size: `--kills 100`. */
  readonly name: string
  readonly claim: string
  /** How much of it a full run tries. What is counted, the part's report says. */
  readonly fullSize: number
  /** How much of it is tried beside parts whose sizes are named: a tenth of the full size, unless told otherwise. */
  readonly briefSize?: number
  /** What it tries has numbers from 1, and one of them can be tried alone: `--only 8`. */
  readonly isNumbered?: boolean
  run(order: PartOrder): Promise<PartReport>
}

/** A number, or the part's own idea of it. */
export type SizeWish = number | 'full' | 'brief'

/** What is asked of a part. */
export interface PartWish {
  readonly size: SizeWish
  readonly seed: number
  /** The number of the one that is tried alone; null for all. */
  readonly only?: number | null
}

export interface PartOrder {
  readonly size: number
  /** Whatever is random in a part is a function of it. */
  readonly seed: number
  /** The number of the one that is tried alone; null for all. */
  readonly only: number | null
  /** Tells how far it is. */
  readonly say: (line: string) => void
}

export interface PartReport {
  /** What was counted, in the order in which to tell it: `['kills', 1000]`. */
  readonly counts: readonly (readonly [what: string, count: number | string])[]
  /** Whatever contradicts the claim, and whatever was to be tried but was not. Empty is what a proof is for. */
  readonly violations: readonly string[]
  /** Preformatted lines, such as a matrix of what was covered. */
  readonly details?: readonly string[]
  /** What a reader must know to judge the figures. */
  readonly remarks?: readonly string[]
}

/** A report with how it came about. */
export interface PartResult extends PartReport {
  readonly name: string
  readonly claim: string
  readonly size: number
  readonly fullSize: number
  readonly seconds: number
}
