import 'server-only'

import type { Mail } from '@/lib/domain/mail'
import { formatMoney } from '@/lib/domain/money'
import { RECEIPT_LINK_DAYS, type OrderView } from '@/lib/domain/order'

import type { Block, Letter, MailShop } from '../letter'
import { addressBlocks, boughtIn, itemsBlock, sumsBlock } from './bought-blocks'

/** An order as its mails tell of it. Both addresses open for whoever has them. */
export interface BoughtOrder {
  readonly order: OrderView
  readonly receiptUrl: string
  readonly invoiceUrl: string
}

type MailOf<Kind extends Mail['kind']> = Extract<Mail, { kind: Kind }>

const RECEIPT = 'Open the receipt'

const DATE = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' })

export function orderPlacedLetter(shop: MailShop, { order, receiptUrl, invoiceUrl }: BoughtOrder): Letter {
  return {
    subject: `Order ${order.orderNumber} at ${shop.name}`,
    preview: `We have your payment of ${formatMoney(order.total)} and pack your order.`,
    title: 'Thank you. Your order is placed',
    blocks: [
      {
        kind: 'paragraph',
        text: `Order ${order.orderNumber} of ${DATE.format(order.placedAt)}. PayPal has your payment of ${formatMoney(order.total)}. We pack your order now and write again once it is on its way.`,
      },
      { kind: 'button', label: RECEIPT, url: receiptUrl },
      { kind: 'link', label: 'Invoice as a PDF', url: invoiceUrl },
      { kind: 'section', title: 'What you bought' },
      itemsBlock(boughtIn(order)),
      sumsBlock(boughtIn(order)),
      ...addressBlocks(order),
      { kind: 'note', text: `${order.deliveryName}, ${order.deliveryEstimate}` },
      {
        kind: 'note',
        text: `For ${RECEIPT_LINK_DAYS} days the links open receipt and invoice on any device, for whoever has them: share them with care. PayPal transaction ${order.paypalCaptureId}.`,
      },
    ],
    reason: boughtHere(shop),
  }
}

export function shippedLetter(shop: MailShop, { order, receiptUrl }: BoughtOrder, mail: MailOf<'shipped'>): Letter {
  const { carrier, trackingNumber, trackingUrl, items, corrects = false } = mail
  return {
    subject: corrects
      ? `The right tracking number for order ${order.orderNumber}`
      : `Order ${order.orderNumber} is on its way`,
    preview: trackingNumber ? `${carrier}, ${trackingNumber}` : `${carrier} has it.`,
    title: 'On its way to you',
    blocks: [
      {
        kind: 'paragraph',
        text: corrects
          ? `The tracking number that we sent you for order ${order.orderNumber} was wrong. We are sorry; this is the right one.`
          : `${carrier} has what we packed of order ${order.orderNumber}.`,
      },
      ...(trackingUrl ? [{ kind: 'button', label: 'Follow the parcel', url: trackingUrl } as const] : []),
      ...(trackingNumber ? [facts({ Carrier: carrier, 'Tracking number': trackingNumber })] : []),
      { kind: 'section', title: 'In this parcel' },
      {
        kind: 'items',
        items: items.map(({ productName, detail, quantity }) => ({
          name: productName,
          detail,
          amount: `× ${quantity}`,
          picture: null,
        })),
      },
      ...addressBlocks(order),
      receiptLink(receiptUrl),
    ],
    reason: boughtHere(shop),
  }
}

export function deliveredLetter(shop: MailShop, { order, receiptUrl }: BoughtOrder): Letter {
  return {
    subject: `Order ${order.orderNumber} is delivered`,
    preview: 'It should be with you now.',
    title: 'Delivered',
    blocks: [
      {
        kind: 'paragraph',
        text: `Order ${order.orderNumber} is delivered. If it is not with you, or something is not as it should be, write to us and name the order number.`,
      },
      receiptLink(receiptUrl),
    ],
    reason: boughtHere(shop),
  }
}

export function cancelledLetter(
  shop: MailShop,
  { order, receiptUrl }: BoughtOrder,
  { reason }: MailOf<'cancelled'>,
): Letter {
  return {
    subject: `Order ${order.orderNumber} is cancelled`,
    preview: 'What you paid goes back the way it came.',
    title: 'Your order is cancelled',
    blocks: [
      {
        kind: 'paragraph',
        text: `Order ${order.orderNumber} is cancelled and will not be sent. What you paid for it goes back through PayPal; we write again once it is on its way.`,
      },
      ...(reason ? [{ kind: 'paragraph', text: reason } as const] : []),
      receiptLink(receiptUrl),
    ],
    reason: boughtHere(shop),
  }
}

export function refundedLetter(shop: MailShop, { order, receiptUrl }: BoughtOrder, mail: MailOf<'refunded'>): Letter {
  const amount = formatMoney({ minor: mail.amountMinor, currency: mail.currency })
  const isWhole = mail.amountMinor === order.total.minor && mail.currency === order.total.currency
  return {
    subject: `${amount} back for order ${order.orderNumber}`,
    preview: `We have sent ${amount} back to you through PayPal.`,
    title: 'Your money is on its way back',
    blocks: [
      {
        kind: 'paragraph',
        text: `We have sent ${amount} back to you through PayPal: ${isWhole ? 'all' : 'a part'} of what you paid for order ${order.orderNumber}.`,
      },
      facts({ 'Sent back': amount, 'Paid for the order': formatMoney(order.total) }),
      {
        kind: 'note',
        text: 'It goes to where the payment came from. A PayPal balance shows it at once; a bank or a card needs some days more.',
      },
      receiptLink(receiptUrl),
    ],
    reason: boughtHere(shop),
  }
}

function receiptLink(url: string): Block {
  return { kind: 'link', label: RECEIPT, url }
}

function facts(values: Readonly<Record<string, string>>): Block {
  return { kind: 'facts', rows: Object.entries(values).map(([name, value]) => ({ name, value })) }
}

function boughtHere(shop: MailShop): string {
  return `You get this mail because somebody bought at ${shop.name} and gave this address.`
}
