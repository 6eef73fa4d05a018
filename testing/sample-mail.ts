import type { AttemptSnapshot } from '@/lib/domain/attempt-snapshot'
import type { Mail, MailKind } from '@/lib/domain/mail'
import type { Currency } from '@/lib/domain/money'
import type { OrderView } from '@/lib/domain/order'

const ORDER_ID = '0b54f0a6-0f2c-4b0e-9f0a-3d3f7a0a6a11'
const about = { orderId: ORDER_ID }
const attempt = { attemptId: ORDER_ID }
const link = (path: string) => ({ path, minutes: 15 })

const RETURNED = [{ productName: 'Contour No. 14, Estuary', detail: 'A3, unframed', quantity: 1 }]

/** One mail of each kind. */
export const SAMPLE_MAILS: { readonly [Kind in MailKind]: Extract<Mail, { kind: Kind }> } = {
  order_placed: { kind: 'order_placed', ...about },
  payment_checked: { kind: 'payment_checked', ...attempt },
  payment_failed: { kind: 'payment_failed', ...attempt },
  payment_returned: {
    kind: 'payment_returned',
    ...attempt,
    amountMinor: 7_300,
    currency: 'USD',
    reason: 'unfulfillable',
  },
  shipped: {
    kind: 'shipped',
    ...about,
    carrier: 'Parcel Post',
    trackingNumber: 'PP 1234 5678',
    trackingUrl: 'https://post.example/track?id=PP12345678&lang=en',
    items: [{ productName: 'Contour No. 14, Estuary', detail: 'A3, unframed', quantity: 2 }],
  },
  delivered: { kind: 'delivered', ...about },
  cancelled: { kind: 'cancelled', ...about, reason: 'The last sheet was damaged in the store.' },
  refunded: { kind: 'refunded', ...about, amountMinor: 2_800, currency: 'USD' },
  return_requested: { kind: 'return_requested', ...about, items: RETURNED },
  return_approved: {
    kind: 'return_approved',
    ...about,
    items: RETURNED,
    sendTo: ['Plotterhouse Ltd', '1 Sample Street', '00000 Nowhere'],
    answer: 'Put the slip with the order number into the parcel.',
  },
  return_refused: { kind: 'return_refused', ...about, reason: 'The mug has been used.' },
  return_received: { kind: 'return_received', ...about, items: RETURNED },
  sign_in_link: { kind: 'sign_in_link', ...link('/sign-in/link?token=n0tAr3alS3cret') },
  verify_address: { kind: 'verify_address', ...link('/register/confirm?token=n0tAr3alS3cret') },
  email_change: { kind: 'email_change', ...link('/confirm-address?token=n0tAr3alS3cret'), account: 'a•••@example.com' },
  password_reset: { kind: 'password_reset', ...link('/reset-password?token=n0tAr3alS3cret') },
  password_changed: { kind: 'password_changed' },
  email_changed: { kind: 'email_changed', newEmail: 'new@example.com' },
  new_device: { kind: 'new_device', device: 'Firefox on Linux', network: '203.0.113.0/24' },
  way_in_changed: { kind: 'way_in_changed', change: 'added', wayIn: 'a passkey (Firefox on Linux)' },
  order_lookup_link: {
    kind: 'order_lookup_link',
    path: '/orders/find?token=n0tAr3alS3cret',
    minutes: 43_200,
    orderNumber: '7K4MQ-2XTVH',
  },
  account_deletion: { kind: 'account_deletion', days: 14 },
  account_deleted: { kind: 'account_deleted' },
  test_mail: { kind: 'test_mail' },
  staff_invite: {
    kind: 'staff_invite',
    path: '/admin/join?token=n0tAr3alS3cret',
    minutes: 4_320,
    invitedBy: 'R. Example',
  },
}

/** 2 × 28.00 and 11.00, delivery 6.00, 73.00 in all, in any currency with two decimals. */
export function sampleSnapshot(currency: Currency = 'USD', more: Partial<AttemptSnapshot> = {}): AttemptSnapshot {
  return {
    version: 1,
    currency,
    email: 'buyer@example.com',
    address: {
      name: 'A Buyer',
      line1: '1 Market Street',
      line2: '',
      city: 'San Francisco',
      region: 'CA',
      postalCode: '94105',
      country: 'US',
    },
    delivery: { methodId: 1, name: 'Post', estimate: '3 days' },
    lines: [
      {
        variantId: 1,
        productName: 'Contour No. 14, Estuary',
        productSlug: 'contour-14',
        sku: 'CON-14-A3',
        options: [{ name: 'Size', value: 'A3' }],
        picture: { base: 'contour-14', widths: [400, 800], width: 800, height: 1_000, alt: 'Contours' },
        unitPriceMinor: 2_800,
        quantity: 2,
        lineTotalMinor: 5_600,
      },
      {
        variantId: 2,
        productName: 'Card, woven grid',
        productSlug: 'card-woven',
        sku: 'CRD-02',
        options: [],
        picture: null,
        unitPriceMinor: 1_100,
        quantity: 1,
        lineTotalMinor: 1_100,
      },
    ],
    itemsMinor: 6_700,
    discountMinor: 0,
    deliveryMinor: 600,
    taxMinor: 0,
    taxIncluded: false,
    taxLabel: null,
    totalMinor: 7_300,
    ...more,
  }
}

export function sampleOrder(snapshot = sampleSnapshot()): OrderView {
  return {
    ...snapshot,
    discounts: snapshot.discounts ?? [],
    orderNumber: '7K4MQ-2XTVH',
    state: 'created',
    placedAt: new Date('2030-03-03T12:00:00Z'),
    deliveryName: snapshot.delivery.name,
    deliveryEstimate: snapshot.delivery.estimate,
    items: snapshot.lines,
    total: { minor: snapshot.totalMinor, currency: snapshot.currency },
    paypalCaptureId: '3C679366HH908993F',
  }
}
