import { scaleMinor } from './money'

/** A rate in parts per million: 8.875 % is 88,750. Integers only, as with money. */
export const TAX_RATE_SCALE = 1_000_000

/** The tax rule of a destination. */
export interface TaxRule {
  /** As printed on the invoice: "VAT 19 %", "Sales tax 8.875 %". */
  readonly label: string
  readonly ratePpm: number
  /** True where listed prices already contain the tax (EU, UK); false where it is added (US). */
  readonly pricesInclude: boolean
  readonly appliesToDelivery: boolean
}

/** A row of the rate table: a rule with where it holds. `region` null means the whole country. */
export interface TaxRate extends TaxRule {
  readonly country: string
  readonly region: string | null
}

/** Tax on `baseMinor`, contained in it or on top of it as the rule says. Rounded once, half up. */
export function taxOn(baseMinor: number, rule: TaxRule): number {
  const divisor = rule.pricesInclude ? TAX_RATE_SCALE + rule.ratePpm : TAX_RATE_SCALE
  return scaleMinor(baseMinor, rule.ratePpm, divisor)
}

/** The rate of the region if there is one, else the country's, else null: no tax is charged there. */
export function findTaxRule(
  rates: readonly TaxRate[],
  destination: { country: string; region: string | null },
): TaxRule | null {
  const inCountry = rates.filter((rate) => rate.country === destination.country)
  return (
    inCountry.find((rate) => rate.region !== null && rate.region === destination.region) ??
    inCountry.find((rate) => rate.region === null) ??
    null
  )
}
