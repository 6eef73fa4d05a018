/** The one buyer account of the simulation. */
export const BUYER = {
  payerId: 'BUYER2SAMPLE3',
  email: 'buyer@example.com',
  name: { given_name: 'Sample', surname: 'Buyer' },
  countryCode: 'US',
} as const
