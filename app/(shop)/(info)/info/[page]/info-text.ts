/** A page that explains the shop. */
export interface InfoText {
  readonly title: string
  readonly lead: string
  readonly parts: readonly { readonly title: string; readonly paragraphs: readonly string[] }[]
}
