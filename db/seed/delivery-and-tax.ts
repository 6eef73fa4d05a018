import type { DeliveryRate } from '@/lib/domain/delivery'
import type { TaxRate } from '@/lib/domain/tax'

export interface SeedZone {
  readonly name: string
  readonly countries: readonly string[]
  readonly methods: readonly SeedMethod[]
}

export interface SeedMethod {
  readonly name: string
  readonly estimate: string
  readonly rate: DeliveryRate
}

/**
 * Standard VAT in percent. Written from general knowledge, not copied from an official list: a starting point to be checked at
 * the Commission's Taxes in Europe Database before anybody is charged.
 */
const EU_VAT: Readonly<Record<string, number>> = {
  AT: 20,
  BE: 21,
  BG: 20,
  HR: 25,
  CY: 19,
  CZ: 21,
  DK: 25,
  EE: 24,
  FI: 25.5,
  FR: 20,
  DE: 19,
  GR: 24,
  HU: 27,
  IE: 23,
  IT: 22,
  LV: 21,
  LT: 21,
  LU: 17,
  MT: 18,
  NL: 21,
  PL: 23,
  PT: 23,
  RO: 21,
  SK: 23,
  SI: 22,
  ES: 21,
  SE: 25,
}

/**
 * General sales tax in percent, from general knowledge too, to be checked with each state: the state's rate with the local part that is the same in the whole state
 * (California, Nevada, Utah, Virginia). Cities and counties add to it; a shop that owes those needs a tax service.
 * Alaska, Delaware, Montana, New Hampshire and Oregon have none and therefore no row,
 * and neither have the territories and the armed forces' addresses.
 */
const US_SALES_TAX: Readonly<Record<string, number>> = {
  AL: 4,
  AZ: 5.6,
  AR: 6.5,
  CA: 7.25,
  CO: 2.9,
  CT: 6.35,
  DC: 6,
  FL: 6,
  GA: 4,
  HI: 4,
  ID: 6,
  IL: 6.25,
  IN: 7,
  IA: 6,
  KS: 6.5,
  KY: 6,
  LA: 5,
  ME: 5.5,
  MD: 6,
  MA: 6.25,
  MI: 6,
  MN: 6.875,
  MS: 7,
  MO: 4.225,
  NE: 5.5,
  NV: 6.85,
  NJ: 6.625,
  NM: 4.875,
  NY: 4,
  NC: 4.75,
  ND: 5,
  OH: 5.75,
  OK: 4.5,
  PA: 6,
  RI: 7,
  SC: 6,
  SD: 4.2,
  TN: 7,
  TX: 6.25,
  UT: 6.1,
  VT: 6,
  VA: 5.3,
  WA: 6.5,
  WV: 6,
  WI: 5,
  WY: 4,
}

/** States that tax a separately stated delivery charge along with taxable goods. */
const US_DELIVERY_TAXED = new Set(
  'AR CT DC GA HI IN KY MN MS NE NJ NM NY NC ND OH PA RI SC SD TN TX VT WA WV WI'.split(' '),
)

/** Each zone has one method without a weight limit, so that no cart is undeliverable. */
export const seedZones: readonly SeedZone[] = [
  {
    name: 'United States',
    countries: ['US'],
    methods: [
      {
        name: 'Standard',
        estimate: '3 to 5 working days',
        rate: { kind: 'free_above', priceMinor: 690, freeFromMinor: 7500 },
      },
      { name: 'Express', estimate: '1 to 2 working days', rate: { kind: 'flat', priceMinor: 1900 } },
    ],
  },
  {
    name: 'European Union',
    countries: Object.keys(EU_VAT),
    methods: [
      {
        name: 'Tracked parcel',
        estimate: '5 to 8 working days',
        rate: {
          kind: 'by_weight',
          bands: [
            { upToGrams: 500, priceMinor: 990 },
            { upToGrams: 2_000, priceMinor: 1490 },
            { upToGrams: 5_000, priceMinor: 2490 },
            { upToGrams: 20_000, priceMinor: 4900 },
          ],
        },
      },
      { name: 'Express courier', estimate: '2 to 3 working days', rate: { kind: 'flat', priceMinor: 5900 } },
    ],
  },
  {
    name: 'United Kingdom',
    countries: ['GB'],
    methods: [
      {
        name: 'Standard',
        estimate: '4 to 6 working days',
        rate: { kind: 'free_above', priceMinor: 950, freeFromMinor: 12000 },
      },
      { name: 'Express courier', estimate: '2 to 3 working days', rate: { kind: 'flat', priceMinor: 3900 } },
    ],
  },
]

function included(country: string, percent: number): TaxRate {
  return { ...rule('VAT', percent), country, region: null, pricesInclude: true, appliesToDelivery: true }
}

/** Percent to parts per million; rounded because 6.85 * 10000 is not an integer in floating point. */
function rule(tax: string, percent: number): { label: string; ratePpm: number } {
  return { label: `${tax} ${percent} %`, ratePpm: Math.round(percent * 10_000) }
}

export const seedTaxRates: readonly TaxRate[] = [
  ...Object.entries(EU_VAT).map(([country, percent]) => included(country, percent)),
  included('GB', 20),
  ...Object.entries(US_SALES_TAX).map(([region, percent]) => ({
    ...rule('Sales tax', percent),
    country: 'US',
    region,
    pricesInclude: false,
    appliesToDelivery: US_DELIVERY_TAXED.has(region),
  })),
]
