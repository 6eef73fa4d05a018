import type { InfoText } from './info-text'

export const RETURNS: InfoText = {
  title: 'Returns',
  lead: 'A picture looks different on your wall than on a screen. You have 30 days from the day it arrives.',
  parts: [
    {
      title: 'How to send something back',
      paragraphs: [
        'Open your order from its mail, your account or “Find an order”, and choose what you send back. We answer within two working days with the address. Pack it as it came. Return postage is yours to pay, unless what you got was damaged or wrong.',
      ],
    },
    {
      title: 'When the money comes back',
      paragraphs: [
        'Within five working days of its arrival here, through PayPal, by the way you paid. That includes the standard delivery of the first parcel when you return the whole order.',
      ],
    },
    {
      title: 'What cannot come back',
      paragraphs: [
        'Mugs that have been used and notebooks that have been written in. Everything else can, in the state in which you got it.',
      ],
    },
  ],
}
