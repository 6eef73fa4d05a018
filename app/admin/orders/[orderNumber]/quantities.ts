/** A field for how many of an item, by its position in the order. */
export const QUANTITY = /^quantity\.(\d{1,3})$/

/** All such fields of a form, as typed. */
export function readQuantities(formData: FormData): Record<string, string> {
  const found = [...formData].flatMap(([name, value]) =>
    QUANTITY.test(name) && typeof value === 'string' ? [[name, value.slice(0, 6)] as const] : [],
  )
  return Object.fromEntries(found.slice(0, 100))
}
