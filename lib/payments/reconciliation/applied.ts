/** What became of a difference. `unclear`: PayPal gave no answer, so the next run meets it again. */
export type Applied = 'repaired' | 'incident' | 'nothing' | 'unclear'
