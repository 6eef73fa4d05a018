import type { ShopContact } from '@/lib/catalog/get-contact'

import type { InfoText } from './info-text'

/** Whom to write to and who sells, as the settings of the shop have it. */
export function contactText({ email, seller }: ShopContact): InfoText {
  return {
    title: 'Contact',
    lead: 'This is a demonstration shop, so nobody sits behind this address. In a real one, this page names the people who answer.',
    parts: [
      {
        title: 'Write to us',
        paragraphs: [
          'About an order, have its number at hand; it is on the receipt. The link to the receipt works for 30 days; afterwards “Find an order” mails you a new one.',
          ...(email === '' ? [] : [email]),
        ],
      },
      ...(seller.length === 0 ? [] : [{ title: 'Who sells', paragraphs: [seller.join(', ')] }]),
    ],
  }
}
