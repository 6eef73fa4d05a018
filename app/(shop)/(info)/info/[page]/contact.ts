import type { InfoText } from './info-text'

export const CONTACT: InfoText = {
  title: 'Contact',
  lead: 'This is a demonstration shop, so nobody sits behind these addresses. In a real one, this page names the people who answer.',
  parts: [
    {
      title: 'About an order',
      paragraphs: [
        'Have the order number at hand; it is on the receipt. The link to the receipt stays valid, so keep it if you bought without an account.',
        'orders@plotterhouse.example',
      ],
    },
    { title: 'About anything else', paragraphs: ['hello@plotterhouse.example'] },
  ],
}
