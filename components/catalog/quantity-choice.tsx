/** More than a handful at once is set in the cart. */
const CHOICES_MAX = 10

/** The browser's own select: one tap on a phone, and nothing to mistype. */
export function QuantityChoice({ most }: { most: number | null }) {
  const count = Math.max(1, Math.min(most ?? CHOICES_MAX, CHOICES_MAX))
  return (
    <label className="quantity">
      <span className="sr-only">Quantity</span>
      <select name="quantity" className="num">
        {Array.from({ length: count }, (_, index) => (
          <option key={index}>{index + 1}</option>
        ))}
      </select>
    </label>
  )
}
