/** What wishing answers. */
export type WishState = 'idle' | 'wished' | 'full' | 'refused'
