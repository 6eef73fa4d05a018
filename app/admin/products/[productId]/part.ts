import type { StepState } from '@/components/checkout/step-state'
import type { ProductDesk } from '@/lib/products/product-desk'

/** What every part of a product's page is given. */
export interface Part {
  readonly desk: ProductDesk
  /** Which product, and which version of it is shown. */
  readonly hidden: Readonly<Record<string, string>>
  /** What was wrong with a form that was posted without JavaScript. */
  readonly refused: (form: string) => Promise<StepState | null>
}
