import { randomUUID } from 'node:crypto'

import { toEverybody, toMembers, toOwner, toOwnerAlone, type Answers } from './answers'
import { ADMIN_ACTIONS } from './admin-actions'
import type { Things } from './cast'
import { Form } from './form'

type Field = Readonly<Record<string, string>>

export interface ActionRow {
  /** The page whose form it is. */
  readonly at: (things: Things) => string
  /** What the browser sends: values, and at most one form. */
  readonly send: (things: Things) => readonly unknown[]
  readonly answers: Answers
  /** What A gets who may; so the row shows that the door opens at all. */
  readonly done?: RegExp
}

const IDLE = { errors: {}, values: {} }
const path = (address: string) => () => address
/** An action of a form whose state React keeps. */
const withState = (read: (things: Things) => Field) => (things: Things) => [IDLE, new Form(read(things))]
/** An action of a plain form. */
const plain =
  (read: (things: Things) => Field = () => ({})) =>
  (things: Things) => [new Form(read(things))]
const visitorsForm = (address: string, fields: Field): ActionRow => ({
  at: path(address),
  send: withState(() => fields),
  answers: toEverybody(200),
})

const NEW_ADDRESS = {
  name: 'Somebody',
  line1: '5 New Street',
  line2: '',
  city: 'San Francisco',
  region: 'CA',
  postalCode: '94105',
  country: 'US',
}
const SECURITY = path('/account/security')
const TOKEN = 'nobodys'
const stranger = () => `stranger-${randomUUID()}@example.com`

/** Who may do what, with what is A's. In the order in which A can do all of it. */
export const ACTIONS: Readonly<Record<string, ActionRow>> = {
  'account/addresses/actions.ts saveNewAddress': {
    at: path('/account/addresses'),
    send: withState(() => NEW_ADDRESS),
    answers: toMembers(),
    done: /done=address/,
  },
  'account/addresses/actions.ts saveChangedAddress': {
    at: ({ addressId }) => `/account/addresses/${addressId}`,
    send: ({ addressId }) => [addressId, IDLE, new Form({ ...NEW_ADDRESS, line1: '6 Changed Street' })],
    answers: toOwner(),
    done: /done=address/,
  },
  'account/addresses/actions.ts makeDefault': {
    at: path('/account/addresses'),
    send: plain(({ addressId }) => ({ addressId })),
    answers: toOwner(303),
    done: /done=address/,
  },
  'orders/[orderNumber]/return/actions.ts askToReturn': {
    at: ({ orderNumber }) => `/orders/${orderNumber}/return`,
    send: withState(({ orderNumber }) => ({
      orderNumber,
      key: '',
      returnId: randomUUID(),
      reason: 'other',
      'quantity.0': '1',
    })),
    answers: toOwnerAlone(200),
    done: /asked=return/,
  },
  'checkout/actions.ts deliverHere': {
    at: path('/checkout'),
    send: withState(({ addressId }) => ({ addressId })),
    // Refused, it leads to the checkout as well; that it did something shows in its cookie.
    answers: { guest: 404, A: 303, B: 404, disabled: 404 },
  },
  'account/addresses/actions.ts dropAddress': {
    at: path('/account/addresses'),
    send: plain(({ addressId }) => ({ addressId })),
    answers: toOwner(303),
    done: /done=address_gone/,
  },
  'account/orders/actions.ts buyOrderAgain': {
    at: ({ orderNumber }) => `/account/orders/${orderNumber}`,
    send: plain(({ orderNumber }) => ({ orderNumber })),
    answers: toOwner(303),
    done: /\/cart\?again=all/,
  },
  'account/profile/actions.ts saveName': {
    at: path('/account/profile'),
    send: withState(() => ({ name: 'Renamed' })),
    answers: toMembers(),
    done: /done=name/,
  },
  'account/profile/actions.ts saveChoices': {
    at: path('/account/profile'),
    send: withState(() => ({ wantsNews: '1' })),
    answers: toMembers(),
    done: /done=choices/,
  },
  'account/profile/actions.ts changeEmail': {
    at: path('/account/profile'),
    send: withState(() => ({ email: stranger() })),
    answers: toMembers(),
    done: /done=mailed/,
  },
  'account/security/actions.ts savePassword': {
    at: SECURITY,
    send: withState(() => ({ password: 'four loud scanners whir' })),
    answers: toMembers(),
    done: /done=password/,
  },
  'account/security/actions.ts dropPassword': {
    at: SECURITY,
    send: () => [],
    // B and A have set one above.
    answers: toMembers(303),
    done: /done=password_gone/,
  },
  'account/security/actions.ts dropPasskey': {
    at: SECURITY,
    send: plain(({ passkeyId }) => ({ passkeyId })),
    answers: toOwner(303),
    done: /done=passkey_gone/,
  },
  'account/security/actions.ts disconnect': {
    at: SECURITY,
    send: plain(() => ({ provider: 'oidc' })),
    answers: toOwner(303),
    done: /done=disconnected/,
  },
  'passkey-actions.ts beginPasskeyCreation': {
    at: SECURITY,
    send: () => [],
    answers: toMembers(),
    done: /"kind":"ask"/,
  },
  'passkey-actions.ts finishPasskeyCreation': { at: SECURITY, send: () => [{}], answers: toMembers() },
  'account/security/actions.ts endOtherDevices': {
    at: SECURITY,
    send: () => [],
    answers: toMembers(303),
    done: /done=devices/,
  },
  'account/data/actions.ts deleteAccount': {
    at: path('/account/data'),
    send: withState(({ email }) => ({ email })),
    // B types A's address, which is not B's: the form says so.
    answers: toMembers(),
    done: /done=deletion/,
  },
  'account/data/actions.ts stay': {
    at: path('/account/data'),
    send: () => [],
    answers: toMembers(303),
    done: /done=kept/,
  },
  'wish-list/actions.ts addToWishList': {
    at: ({ productSlug }) => `/products/${productSlug}`,
    send: ({ productSlug }) => ['idle', new Form({ product: productSlug })],
    answers: toEverybody(200),
  },
  'wish-list/actions.ts removeFromWishList': {
    at: path('/wish-list'),
    send: plain(({ productSlug }) => ({ product: productSlug })),
    answers: toEverybody(303),
  },
  'products/[slug]/actions.ts addChosenToCart': {
    at: ({ productSlug }) => `/products/${productSlug}`,
    send: ({ productSlug, variantId }) => [
      { kind: 'idle' },
      new Form({ product: productSlug, variantId: String(variantId), quantity: '1' }),
    ],
    answers: toEverybody(200),
  },
  'cart/actions.ts addToCart': {
    at: path('/cart'),
    send: ({ variantId }) => [{ kind: 'idle' }, new Form({ variantId: String(variantId), quantity: '1' })],
    answers: toEverybody(200),
  },
  'cart/actions.ts setQuantity': {
    at: path('/cart'),
    send: ({ variantId }) => [{ message: null }, new Form({ variantId: String(variantId), quantity: '1' })],
    answers: toEverybody(200),
  },
  'cart/actions.ts fitToStock': { at: path('/cart'), send: () => [{ message: null }], answers: toEverybody(200) },
  'cart/code-actions.ts submitCode': visitorsForm('/cart', { code: 'NOBODYS', at: 'cart' }),
  'cart/code-actions.ts removeCode': {
    at: path('/cart'),
    send: withState(() => ({ at: 'cart' })),
    answers: toEverybody(303),
  },
  'checkout/actions.ts submitContact': {
    at: path('/checkout'),
    send: withState(() => ({ email: stranger() })),
    answers: toEverybody(303),
  },
  'checkout/actions.ts submitAddress': {
    at: path('/checkout'),
    send: withState(() => ({ ...NEW_ADDRESS, keepAddress: '1' })),
    answers: toEverybody(303),
  },
  'checkout/actions.ts submitDelivery': visitorsForm('/checkout', { deliveryMethodId: '999999' }),
  'find-order/actions.ts findOrderByMail': visitorsForm('/find-order', {
    orderNumber: 'nonsense',
    email: 'a@b.example',
  }),
  'forgot-password/actions.ts mailPasswordLink': visitorsForm('/forgot-password', { email: stranger() }),
  'register/actions.ts openAccount': visitorsForm('/register', { email: stranger() }),
  'register/actions.ts confirmAccount': visitorsForm('/register/confirm', { token: TOKEN }),
  'reset-password/actions.ts setNewPassword': visitorsForm('/reset-password', { token: TOKEN, password: 'x' }),
  'confirm-address/actions.ts confirmNewAddress': visitorsForm('/confirm-address', { token: TOKEN }),
  'sign-in/actions.ts confirmLink': { ...visitorsForm('/sign-in/link', { token: TOKEN }) },
  'sign-in/actions.ts mailSignInLink': visitorsForm('/sign-in', { email: stranger() }),
  'sign-in/actions.ts signInByPassword': visitorsForm('/sign-in', { email: stranger(), password: 'wrong' }),
  'passkey-actions.ts beginPasskeySignIn': { at: path('/sign-in'), send: () => [], answers: toEverybody(200) },
  'passkey-actions.ts finishPasskeySignIn': { at: path('/sign-in'), send: () => [{}, '/'], answers: toEverybody(200) },
  ...ADMIN_ACTIONS,
  // Ends the session A came with.
  'account/security/actions.ts endDevice': {
    at: SECURITY,
    send: plain(({ sessionId }) => ({ sessionId })),
    answers: toOwner(303),
    done: /done=device/,
  },
}
