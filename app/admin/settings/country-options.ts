import { COUNTRIES } from '@/lib/domain/country'

/** All countries that the shop knows, by name. */
export const COUNTRY_OPTIONS = Object.entries(COUNTRIES)
  .map(([value, { name }]) => ({ value, label: name }))
  .toSorted((a, b) => a.label.localeCompare(b.label))
