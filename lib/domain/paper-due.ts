/**
 * Why a paper is not given yet. `no_address`: the settings do not say who sells. `no_rate`: its tax is owed in a currency for which
 * nobody has entered a rate. `no_invoice`: a credit note whose invoice is not given. `failed`: the log has the error.
 */
export const PAPER_ISSUES = ['no_address', 'no_rate', 'no_invoice', 'failed'] as const
export type PaperIssue = (typeof PAPER_ISSUES)[number]
