import { randomUUID } from 'node:crypto'

import { toEverybody } from './answers'
import type { ActionRow } from './actions'
import { Form } from './form'
import type { Things } from './cast'

const IDLE = { errors: {}, values: {} }

/** Nobody of the matrix works here: for them there is no such door, whatever they send. */
const staffOnly = (at: (things: Things) => string, fields: (things: Things) => Record<string, string>): ActionRow => ({
  at,
  send: (things) => [IDLE, new Form(fields(things))],
  answers: toEverybody(404),
})

/** The same for a call that is no form. */
const passkeyOfStaff = (sent: readonly unknown[]): ActionRow => ({
  at: () => '/admin/second-factor',
  send: () => [...sent],
  answers: toEverybody(404),
})

const order = ({ orderNumber }: Things) => `/admin/orders/${orderNumber}`
const product = ({ productId }: Things) => `/admin/products/${productId}`
const change =
  (more: Record<string, string> = {}) =>
  ({ productId }: Things) => ({ productId, seenVersion: '1', ...more })
const act =
  (more: Record<string, string>) =>
  ({ orderNumber }: Things) => ({ orderNumber, seenEventId: '0', ...more })

const returned = ({ returnId }: Things) => `/admin/returns/${returnId}`
const answer =
  (more: Record<string, string>) =>
  ({ orderNumber, returnId }: Things) => ({ orderNumber, returnId, seenEventId: '0', ...more })

export const ADMIN_ACTIONS: Readonly<Record<string, ActionRow>> = {
  'admin/orders/[orderNumber]/actions.ts takeStep': staffOnly(order, act({ step: 'start' })),
  'admin/orders/[orderNumber]/actions.ts sendParcel': staffOnly(
    order,
    act({ carrier: 'UPS', shipmentId: randomUUID(), 'quantity.0': '1' }),
  ),
  'admin/orders/[orderNumber]/actions.ts putParcelRight': staffOnly(
    order,
    act({ carrier: 'UPS', shipmentId: randomUUID(), trackingNumber: '1Z999AA10123456784' }),
  ),
  'admin/orders/[orderNumber]/actions.ts tellPayPalAgain': staffOnly(order, act({ shipmentId: randomUUID() })),
  'admin/orders/[orderNumber]/actions.ts writeNote': staffOnly(order, act({ text: 'I was here' })),
  'admin/orders/[orderNumber]/actions.ts sendMailAgain': staffOnly(order, act({ mail: 'order_placed:mine' })),
  'admin/orders/[orderNumber]/actions.ts hold': staffOnly(order, act({ reason: 'I want it' })),
  'admin/orders/[orderNumber]/actions.ts release': staffOnly(order, act({ reason: 'I want it' })),
  'admin/orders/[orderNumber]/actions.ts changeAddress': staffOnly(
    order,
    act({ name: 'Me', line1: '1 My Street', line2: '', city: 'San Francisco', region: 'CA', postalCode: '94105' }),
  ),
  'admin/orders/[orderNumber]/refund/actions.ts giveBack': staffOnly(
    (things) => `${order(things)}/refund`,
    act({ refundId: randomUUID(), give: 'amount', amount: '1.00', shownMinor: '100' }),
  ),
  'admin/orders/[orderNumber]/cancel/actions.ts cancel': staffOnly(
    (things) => `${order(things)}/cancel`,
    act({ refundId: randomUUID() }),
  ),
  'admin/customers/[customerId]/actions.ts switchMember': staffOnly(
    ({ memberId }) => `/admin/customers/${memberId}`,
    ({ memberId }) => ({ memberId, what: 'disabled' }),
  ),
  'admin/customers/actions.ts forget': staffOnly(
    ({ memberId }) => `/admin/customers/${memberId}/erase`,
    ({ memberId, email }) => ({ memberId, address: email, typed: email }),
  ),
  'admin/customers/actions.ts note': staffOnly(
    ({ memberId }) => `/admin/customers/${memberId}`,
    ({ memberId }) => ({ memberId, text: 'I was here' }),
  ),
  'admin/orders/actions.ts keepView': staffOnly(
    () => '/admin/orders',
    () => ({ name: 'Mine', query: 'held=1', shared: '1' }),
  ),
  'admin/orders/actions.ts dropView': staffOnly(
    () => '/admin/orders',
    () => ({ viewId: randomUUID(), query: 'held=1' }),
  ),
  'admin/orders/bulk/actions.ts packChosen': staffOnly(
    () => '/admin/orders/bulk',
    ({ orderNumber }) => ({ jobId: randomUUID(), chosen: orderNumber }),
  ),
  'admin/orders/bulk/actions.ts checkList': staffOnly(
    () => '/admin/orders/bulk',
    ({ orderNumber }) => ({ jobId: randomUUID(), list: `${orderNumber},UPS,1` }),
  ),
  'admin/orders/bulk/actions.ts startPrepared': staffOnly(
    () => '/admin/orders/bulk',
    () => ({ jobId: randomUUID() }),
  ),
  'admin/returns/[returnId]/actions.ts approve': staffOnly(returned, answer({ answer: 'Yes' })),
  'admin/returns/[returnId]/actions.ts refuse': staffOnly(returned, answer({ answer: 'No' })),
  'admin/returns/[returnId]/actions.ts receive': staffOnly(
    returned,
    answer({ 'quantity.0': '1', 'condition.0': 'as_new', 'restock.0': '1' }),
  ),
  'admin/returns/[returnId]/refund/actions.ts payBack': staffOnly(
    (things) => `${returned(things)}/refund`,
    answer({ refundId: randomUUID() }),
  ),
  'admin/payments/actions.ts decide': staffOnly(
    () => '/admin/payments',
    () => ({ incidentId: randomUUID(), decision: 'ignore', note: 'No' }),
  ),
  'admin/payments/comparisons/actions.ts compareNow': staffOnly(
    () => '/admin/payments/comparisons',
    () => ({ days: '1' }),
  ),
  'admin/payments/webhooks/[eventId]/actions.ts replay': staffOnly(
    ({ paypalEventId }) => `/admin/payments/webhooks/${paypalEventId}`,
    ({ paypalEventId }) => ({ eventId: paypalEventId }),
  ),
  'admin/settings/actions.ts saveShop': staffOnly(
    () => '/admin/settings',
    () => ({ name: 'My shop now', tagline: '', contactEmail: '', seen: '999999' }),
  ),
  'admin/settings/actions.ts saveSeller': staffOnly(
    () => '/admin/settings',
    () => ({ legalName: 'Me', addressCountry: 'US', seen: '999999' }),
  ),
  'admin/settings/actions.ts saveCurrency': staffOnly(
    () => '/admin/settings',
    () => ({ currency: 'EUR', seen: '999999' }),
  ),
  'admin/settings/delivery/actions.ts keepZone': staffOnly(
    () => '/admin/settings/delivery',
    () => ({ zoneId: '1', name: 'Mine', countries: 'US', seen: '999999' }),
  ),
  'admin/settings/delivery/actions.ts dropZone': staffOnly(
    () => '/admin/settings/delivery',
    () => ({ zoneId: '1', seen: '999999' }),
  ),
  'admin/settings/delivery/actions.ts keepMethod': staffOnly(
    () => '/admin/settings/delivery',
    () => ({ zoneId: '1', name: 'Free', estimate: 'Now', rateKind: 'flat', price: '0', position: '0', active: '1' }),
  ),
  'admin/settings/delivery/actions.ts dropMethod': staffOnly(
    () => '/admin/settings/delivery',
    () => ({ zoneId: '1', methodId: '1', seen: '999999' }),
  ),
  'admin/settings/mail/actions.ts saveSender': staffOnly(
    () => '/admin/settings/mail',
    ({ email }) => ({ mailSenderName: 'Me', mailReplyTo: email, seen: '999999' }),
  ),
  'admin/settings/mail/actions.ts mailMe': staffOnly(
    () => '/admin/settings/mail',
    () => ({}),
  ),
  'admin/settings/taxes/actions.ts keepRate': staffOnly(
    () => '/admin/settings/taxes',
    () => ({ rateId: '1', country: 'US', label: 'None', percent: '0', seen: '999999' }),
  ),
  'admin/settings/taxes/actions.ts dropRate': staffOnly(
    () => '/admin/settings/taxes',
    () => ({ rateId: '1', seen: '999999' }),
  ),
  'admin/settings/taxes/actions.ts keepRegistration': staffOnly(
    () => '/admin/settings/taxes',
    () => ({ opened: '', country: 'FR', taxId: 'Mine', seen: '999999' }),
  ),
  'admin/settings/taxes/actions.ts dropRegistration': staffOnly(
    () => '/admin/settings/taxes',
    () => ({ opened: 'IE', seen: '999999' }),
  ),
  'admin/settings/taxes/actions.ts keepExchange': staffOnly(
    () => '/admin/settings/taxes',
    () => ({ opened: '', currency: 'EUR', since: '2026-01-01', rate: '0.5', base: 'USD' }),
  ),
  'admin/settings/taxes/actions.ts dropExchange': staffOnly(
    () => '/admin/settings/taxes',
    () => ({ opened: 'EUR.2026-01-01', seen: '999999', base: 'USD' }),
  ),
  'admin/discounts/actions.ts saveDiscount': staffOnly(
    () => '/admin/discounts/new',
    () => ({ label: 'For me', kind: 'percent', value: '90', active: '1' }),
  ),
  'admin/staff/actions.ts invite': staffOnly(
    () => '/admin/staff',
    ({ email }) => ({ email, role: 'owner' }),
  ),
  'admin/staff/actions.ts withdraw': staffOnly(
    () => '/admin/staff',
    ({ email }) => ({ email }),
  ),
  'admin/staff/actions.ts setRole': staffOnly(
    () => '/admin/staff',
    ({ memberId }) => ({ memberId, role: 'owner' }),
  ),
  'admin/staff/actions.ts switchPerson': staffOnly(
    () => '/admin/staff',
    ({ memberId }) => ({ memberId, what: 'enable' }),
  ),
  'admin/products/new/actions.ts makeProduct': staffOnly(
    () => '/admin/products/new',
    () => ({ name: 'Mine' }),
  ),
  'admin/products/[productId]/actions.ts saveNames': staffOnly(product, change({ name: 'Mine', slug: 'mine' })),
  'admin/products/[productId]/actions.ts saveDescription': staffOnly(product, change({ description: 'Mine' })),
  'admin/products/[productId]/actions.ts savePlace': staffOnly(product, change({ state: 'archived' })),
  'admin/products/[productId]/actions.ts saveVariants': staffOnly(product, change()),
  'admin/products/[productId]/actions.ts addSomeVariants': staffOnly(
    product,
    change({ sku: 'MINE', price: '0.01', weight: '1' }),
  ),
  'admin/products/[productId]/actions.ts addAnOption': staffOnly(product, change({ name: 'Mine', values: 'Mine' })),
  'admin/products/[productId]/actions.ts saveOption': staffOnly(product, change({ optionId: '1', name: 'Mine' })),
  'admin/products/[productId]/actions.ts removeOption': staffOnly(product, change({ optionId: '1' })),
  'admin/products/[productId]/picture-actions.ts savePicture': staffOnly(
    product,
    change({ imageId: '1', alt: 'Mine' }),
  ),
  'admin/products/[productId]/picture-actions.ts sortPictures': staffOnly(product, change({ order: '1' })),
  'admin/products/[productId]/picture-actions.ts removePicture': staffOnly(product, change({ imageId: '1' })),
  'admin/products/import/[importId]/actions.ts decide': staffOnly(
    () => '/admin/products/import/00000000-0000-4000-8000-000000000000',
    () => ({ importId: '00000000-0000-4000-8000-000000000000', decision: 'apply' }),
  ),
  'admin/products/[productId]/price-actions.ts planPrice': staffOnly(
    product,
    change({ variant: '1', price: '0.01', from: '2030-01-01T00:00', changeId: randomUUID() }),
  ),
  'admin/products/[productId]/price-actions.ts cancelPrice': staffOnly(product, change({ changeId: randomUUID() })),
  'admin/products/categories/actions.ts makeCategory': staffOnly(
    () => '/admin/products/categories',
    () => ({ name: 'Mine', parent: '' }),
  ),
  'admin/products/categories/actions.ts saveCategory': staffOnly(
    () => '/admin/products/categories',
    () => ({ categoryId: '1', seenVersion: '1', name: 'Mine', slug: 'mine', parent: '' }),
  ),
  'admin/products/categories/actions.ts moveCategory': staffOnly(
    () => '/admin/products/categories',
    () => ({ categoryId: '1', by: 'later' }),
  ),
  'admin/products/categories/actions.ts dropCategory': staffOnly(
    () => '/admin/products/categories',
    () => ({ categoryId: '1' }),
  ),
  'admin/stock/[variantId]/actions.ts movePieces': staffOnly(
    ({ variantId }) => `/admin/stock/${variantId}`,
    ({ variantId }) => ({ variantId: String(variantId), formId: randomUUID(), what: 'received', pieces: '1' }),
  ),
  'admin/stock/[variantId]/actions.ts countPieces': staffOnly(
    ({ variantId }) => `/admin/stock/${variantId}`,
    ({ variantId }) => ({ variantId: String(variantId), formId: randomUUID(), counted: '1', seenMovementId: '0' }),
  ),
  'admin/second-factor/actions.ts confirmItIsYou': staffOnly(
    () => '/admin/second-factor',
    () => ({ code: '000000', to: '/admin' }),
  ),
  'admin/second-factor/passkey-actions.ts askForOwnPasskey': passkeyOfStaff([]),
  'admin/second-factor/passkey-actions.ts giveOwnPasskey': passkeyOfStaff([{}, '/admin']),
  'admin/second-factor/passkey-actions.ts beginFirstPasskey': passkeyOfStaff([]),
  'admin/second-factor/passkey-actions.ts finishFirstPasskey': passkeyOfStaff(['/admin', {}]),
  'admin/me/actions.ts renewCodes': staffOnly(
    () => '/admin/me',
    () => ({}),
  ),
  'admin/second-factor/set-up/actions.ts finishSetUp': staffOnly(
    () => '/admin/second-factor/set-up',
    () => ({ code: '000000' }),
  ),
  // Whoever holds an invitation may come from outside; nobody's opens nothing.
  'admin/join/actions.ts acceptInvitation': {
    at: () => '/admin/join?key=nobodys',
    send: () => [IDLE, new Form({ key: 'nobodys' })],
    answers: toEverybody(200),
  },
}
