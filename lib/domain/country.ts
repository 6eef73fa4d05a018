/** What an address in a country looks like. Only countries in this table can be delivered to. */
export interface CountryFormat {
  readonly name: string
  readonly postalCode: RegExp
  /** A real example, shown under the field and in its error. */
  readonly postalCodeExample: string
  readonly postalCodeLabel: string
  /** The states a shopper must choose from; empty where the address has none. */
  readonly regions: Readonly<Record<string, string>>
  readonly regionLabel: string | null
}

const digits = (count: number) => new RegExp(`^\\d{${count}}$`)

function plain(name: string, postalCode: RegExp, postalCodeExample: string): CountryFormat {
  return { name, postalCode, postalCodeExample, postalCodeLabel: 'Postal code', regions: {}, regionLabel: null }
}

/** Where the US postal service delivers at its own rates: states, territories, and the armed forces' post offices abroad. */
const US_STATES = {
  AL: 'Alabama',
  AK: 'Alaska',
  AZ: 'Arizona',
  AR: 'Arkansas',
  CA: 'California',
  CO: 'Colorado',
  CT: 'Connecticut',
  DE: 'Delaware',
  DC: 'District of Columbia',
  FL: 'Florida',
  GA: 'Georgia',
  HI: 'Hawaii',
  ID: 'Idaho',
  IL: 'Illinois',
  IN: 'Indiana',
  IA: 'Iowa',
  KS: 'Kansas',
  KY: 'Kentucky',
  LA: 'Louisiana',
  ME: 'Maine',
  MD: 'Maryland',
  MA: 'Massachusetts',
  MI: 'Michigan',
  MN: 'Minnesota',
  MS: 'Mississippi',
  MO: 'Missouri',
  MT: 'Montana',
  NE: 'Nebraska',
  NV: 'Nevada',
  NH: 'New Hampshire',
  NJ: 'New Jersey',
  NM: 'New Mexico',
  NY: 'New York',
  NC: 'North Carolina',
  ND: 'North Dakota',
  OH: 'Ohio',
  OK: 'Oklahoma',
  OR: 'Oregon',
  PA: 'Pennsylvania',
  RI: 'Rhode Island',
  SC: 'South Carolina',
  SD: 'South Dakota',
  TN: 'Tennessee',
  TX: 'Texas',
  UT: 'Utah',
  VT: 'Vermont',
  VA: 'Virginia',
  WA: 'Washington',
  WV: 'West Virginia',
  WI: 'Wisconsin',
  WY: 'Wyoming',
  AS: 'American Samoa',
  GU: 'Guam',
  MP: 'Northern Mariana Islands',
  PR: 'Puerto Rico',
  VI: 'U.S. Virgin Islands',
  AA: 'Armed Forces Americas',
  AE: 'Armed Forces Europe, Middle East, Africa, Canada',
  AP: 'Armed Forces Pacific',
}

/**
 * Address formats by ISO 3166-1 alpha-2 code. Postal code shapes follow the national operators' published formats;
 * spaces are normalised before the test (see address.ts).
 */
export const COUNTRIES: Readonly<Record<string, CountryFormat>> = {
  US: {
    name: 'United States',
    postalCode: /^\d{5}(-\d{4})?$/,
    postalCodeExample: '94107',
    postalCodeLabel: 'ZIP code',
    regions: US_STATES,
    regionLabel: 'State',
  },
  GB: {
    ...plain('United Kingdom', /^[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$/, 'EC1A 1BB'),
    postalCodeLabel: 'Postcode',
  },
  AT: plain('Austria', digits(4), '1010'),
  BE: plain('Belgium', digits(4), '1000'),
  BG: plain('Bulgaria', digits(4), '1000'),
  HR: plain('Croatia', digits(5), '10000'),
  CY: plain('Cyprus', digits(4), '1010'),
  CZ: plain('Czechia', /^\d{3} ?\d{2}$/, '110 00'),
  DK: plain('Denmark', digits(4), '1050'),
  EE: plain('Estonia', digits(5), '10111'),
  FI: plain('Finland', digits(5), '00100'),
  FR: plain('France', digits(5), '75001'),
  DE: plain('Germany', digits(5), '10115'),
  GR: plain('Greece', /^\d{3} ?\d{2}$/, '105 57'),
  HU: plain('Hungary', digits(4), '1051'),
  IE: { ...plain('Ireland', /^[A-Z]\d[\dW] ?[A-Z\d]{4}$/, 'D02 AF30'), postalCodeLabel: 'Eircode' },
  IT: plain('Italy', digits(5), '00118'),
  LV: plain('Latvia', /^LV-\d{4}$/, 'LV-1010'),
  LT: plain('Lithuania', /^(LT-)?\d{5}$/, '01100'),
  LU: plain('Luxembourg', /^(L-)?\d{4}$/, '1009'),
  MT: plain('Malta', /^[A-Z]{3} ?\d{4}$/, 'VLT 1117'),
  NL: plain('Netherlands', /^\d{4} ?[A-Z]{2}$/, '1012 JS'),
  PL: plain('Poland', /^\d{2}-\d{3}$/, '00-001'),
  PT: plain('Portugal', /^\d{4}-\d{3}$/, '1000-001'),
  RO: plain('Romania', digits(6), '010011'),
  SK: plain('Slovakia', /^\d{3} ?\d{2}$/, '811 01'),
  SI: plain('Slovenia', /^(SI-)?\d{4}$/, '1000'),
  ES: plain('Spain', digits(5), '28001'),
  SE: plain('Sweden', /^\d{3} ?\d{2}$/, '111 20'),
}

/** The English name of a country we know, else its code. */
export function countryName(code: string): string {
  return COUNTRIES[code]?.name ?? code
}
