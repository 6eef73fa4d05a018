import type { InfoText } from './info-text'

export const PRIVACY: InfoText = {
  title: 'Privacy',
  lead: 'We keep what an order needs, and no more. No page here counts you, follows you or tells anybody else about you.',
  parts: [
    {
      title: 'What we keep',
      paragraphs: [
        'With an order: your e-mail address, the delivery address, what you bought, what you paid, and the numbers PayPal gave the payment. Tax law decides how long.',
        'With a payment that was begun and came to nothing: the same, for 30 days. Then your name and addresses are erased from it.',
      ],
    },
    {
      title: 'PayPal',
      paragraphs: [
        'The payment is between you and PayPal; we never see your card or your password. PayPal’s script is loaded on the checkout page alone.',
      ],
    },
    {
      title: 'Cookies',
      paragraphs: [
        'A few, all of them needed: for the cart and its number of items in the header, for the wish list and which works are on it, for what you have filled in at the checkout, for your receipts, and, if you have an account, for being signed in and for knowing this browser again. All but that number and those marks are sealed.',
      ],
    },
    {
      title: 'Your rights',
      paragraphs: [
        'Ask what we know about you, have it corrected, or have it erased as far as tax law lets us. See Contact.',
      ],
    },
  ],
}
