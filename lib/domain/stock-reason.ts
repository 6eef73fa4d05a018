/** Why staff change the number of pieces on the shelf. */
export const ADJUSTMENT_REASONS = ['received', 'counted', 'damaged', 'found', 'other'] as const

/** Why the number of pieces on the shelf changed. */
export const STOCK_REASONS = ['initial', 'sale', 'restock', 'adjustment', 'import', ...ADJUSTMENT_REASONS] as const
export type StockReason = (typeof STOCK_REASONS)[number]
