import 'server-only'

import type { Mail } from '@/lib/domain/mail'

import type { Block, Letter, MailShop } from '../letter'
import type { BoughtOrder } from './order-letters'

type MailOf<Kind extends Mail['kind']> = Extract<Mail, { kind: Kind }>

export function returnRequestedLetter(
  shop: MailShop,
  bought: BoughtOrder,
  { items }: MailOf<'return_requested'>,
): Letter {
  return letter(shop, bought, {
    subject: `Your return of order ${bought.order.orderNumber}`,
    preview: 'We look at it and write to you.',
    title: 'You want to send something back',
    blocks: [
      {
        kind: 'paragraph',
        text: 'We have your request, look at it within two working days and then write where to send the parcel. Please do not send anything before that.',
      },
      { kind: 'section', title: 'What you want to send back' },
      itemsOf(items),
    ],
  })
}

export function returnApprovedLetter(shop: MailShop, bought: BoughtOrder, mail: MailOf<'return_approved'>): Letter {
  const { items, sendTo, answer } = mail
  return letter(shop, bought, {
    subject: `Send it back: order ${bought.order.orderNumber}`,
    preview: 'Your return is approved.',
    title: 'Your return is approved',
    blocks: [
      {
        kind: 'paragraph',
        text: `Pack it as it came and write the order number ${bought.order.orderNumber} on a slip in the parcel. The money goes back once the parcel is here.`,
      },
      ...(answer ? [{ kind: 'paragraph', text: answer } as const] : []),
      ...(sendTo.length > 0
        ? ([
            { kind: 'section', title: 'Where to send it' },
            { kind: 'lines', lines: sendTo },
          ] as const)
        : []),
      { kind: 'section', title: 'What comes back' },
      itemsOf(items),
    ],
  })
}

export function returnRefusedLetter(shop: MailShop, bought: BoughtOrder, { reason }: MailOf<'return_refused'>): Letter {
  return letter(shop, bought, {
    subject: `About your return of order ${bought.order.orderNumber}`,
    preview: 'We cannot take it back.',
    title: 'We cannot take it back',
    blocks: [
      { kind: 'paragraph', text: reason },
      {
        kind: 'paragraph',
        text: 'If you see it differently, answer this mail or write to us and name the order number.',
      },
    ],
  })
}

export function returnReceivedLetter(
  shop: MailShop,
  bought: BoughtOrder,
  { items }: MailOf<'return_received'>,
): Letter {
  return letter(shop, bought, {
    subject: `Your parcel is here: order ${bought.order.orderNumber}`,
    preview: 'We have what you sent back.',
    title: 'Your parcel is here',
    blocks: [
      {
        kind: 'paragraph',
        text: 'We have what you sent back. The money follows within five working days, by the way you paid; we write again once it is on its way.',
      },
      { kind: 'section', title: 'What has arrived' },
      itemsOf(items),
    ],
  })
}

function letter(shop: MailShop, { receiptUrl }: BoughtOrder, { blocks, ...rest }: Omit<Letter, 'reason'>): Letter {
  return {
    ...rest,
    blocks: [...blocks, { kind: 'link', label: 'Open the receipt', url: receiptUrl }],
    reason: `You get this mail because something bought at ${shop.name} with this address is sent back.`,
  }
}

function itemsOf(items: MailOf<'return_received'>['items']): Block {
  return {
    kind: 'items',
    items: items.map(({ productName, detail, quantity }) => ({
      name: productName,
      detail,
      amount: `× ${quantity}`,
      picture: null,
    })),
  }
}
