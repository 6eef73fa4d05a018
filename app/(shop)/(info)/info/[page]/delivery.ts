import type { InfoText } from './info-text'

export const DELIVERY: InfoText = {
  title: 'Delivery',
  lead: 'Orders are packed within two working days. What delivery costs and how long it takes is shown before you pay.',
  parts: [
    {
      title: 'Where we send to',
      paragraphs: [
        'The United States, the European Union and the United Kingdom. The checkout lists the countries; if yours is not among them, we cannot send there yet.',
      ],
    },
    {
      title: 'What it costs',
      paragraphs: [
        'The checkout shows every way of delivery to your address with its price and its estimate in working days. Some become free above a certain total.',
      ],
    },
    {
      title: 'How it is packed',
      paragraphs: [
        'Prints up to A3 travel flat between two boards; larger ones are rolled into a tube with a soft core. Framed works and mugs have boxes of their own. Everything is paper and card, apart from the tape.',
      ],
    },
    {
      title: 'When something arrives damaged',
      paragraphs: [
        'Keep the packing, take a picture and write to us within a fortnight. We send it again or pay it back.',
      ],
    },
  ],
}
