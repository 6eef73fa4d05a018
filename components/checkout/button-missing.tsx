/** Stands where PayPal's button would be. */
export function ButtonMissing() {
  return (
    <p className="text-sm text-ink-soft">
      PayPal’s button could not be loaded. The button below leads to the same payment on PayPal’s own page.
    </p>
  )
}
