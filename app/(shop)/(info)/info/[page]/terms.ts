import type { InfoText } from './info-text'

export const TERMS: InfoText = {
  title: 'Terms',
  lead: 'The short version is the whole version.',
  parts: [
    {
      title: 'Your order',
      paragraphs: [
        'An order exists once PayPal has taken your payment, and not before: what is in the cart is not yet reserved. You see every part of the total before you pay, and nothing is added afterwards.',
      ],
    },
    {
      title: 'Prices and tax',
      paragraphs: [
        'Prices are in the currency shown. In the European Union and the United Kingdom they include value added tax; in the United States sales tax is added for the address you give, and shown before you pay.',
      ],
    },
    {
      title: 'The works',
      paragraphs: [
        'You buy a copy, not the right to print more of them. Colours on paper are a little calmer than on a screen.',
      ],
    },
    {
      title: 'Demonstration',
      paragraphs: ['While PayPal runs in its sandbox or in the simulator, no order leads to a charge or a parcel.'],
    },
  ],
}
