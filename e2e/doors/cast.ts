import { randomUUID } from 'node:crypto'

import { expect, type APIRequestContext, type Browser, type BrowserContext, type Page } from '@playwright/test'

import { expectReceipt, goToCheckout, newEmail, openPayPal, putInCart } from '../support/buying'
import { signIn } from '../support/members'
import { query, takeProduct } from '../support/stage'

export const ACTORS = ['guest', 'A', 'B', 'disabled'] as const
export type Actor = (typeof ACTORS)[number]

/** What is A's, and what only A may read or change. */
export interface Things {
  readonly memberId: string
  readonly email: string
  readonly street: string
  readonly orderNumber: string
  readonly paypalOrderId: string
  /** Of an event that PayPal told about the order. */
  readonly paypalEventId: string
  /** Asked for, and not answered. */
  readonly returnId: string
  readonly addressId: string
  readonly sessionId: string
  readonly passkeyId: string
  readonly productSlug: string
  readonly productId: string
  readonly variantId: number
  /** Of A's data; in an answer to anybody else it is a leak. */
  readonly marks: readonly string[]
}

export interface Cast {
  readonly things: Things
  readonly emails: Readonly<Record<Exclude<Actor, 'guest'>, string>>
  readonly ask: Readonly<Record<Actor, APIRequestContext>>
  readonly close: () => Promise<void>
}

const NAME = 'Marked Member'

/** A guest, a member who has one of everything, another one who has nothing, and one whose account was closed while signed in. */
export async function callCast(browser: Browser): Promise<Cast> {
  const contexts: BrowserContext[] = []
  const enter = async (email: string | null) => {
    const context = await browser.newContext()
    contexts.push(context)
    if (email) await signIn(await context.newPage(), email)
    return context
  }
  const emails = { A: newEmail(), B: newEmail(), disabled: newEmail() }
  const [guest, a, b, disabled] = [
    await enter(null),
    await enter(emails.A),
    await enter(emails.B),
    await enter(emails.disabled),
  ]
  const things = await furnish(a.pages()[0] as Page, emails.A)
  await query('update members set disabled_at = now() where email = $1', [emails.disabled])
  return {
    things,
    emails,
    ask: { guest: guest.request, A: a.request, B: b.request, disabled: disabled.request },
    close: async () => {
      for (const context of contexts) await context.close()
    },
  }
}

async function furnish(page: Page, email: string): Promise<Things> {
  const street = `${Math.floor(Math.random() * 9_000) + 1_000} Marked Street`
  const bought = await takeProduct()
  const { orderNumber, paypalOrderId } = await buy(page, bought.path, street)
  const wished = await takeProduct()
  await page.goto(wished.path)
  await page.getByRole('button', { name: 'Add to the wish list' }).click()
  await page.getByText('On your wish list').waitFor()
  await putInCart(page, wished.path)
  const passkeyId = `marked-${randomUUID()}`
  const label = `Key ${passkeyId}`
  const identityEmail = `marked-${randomUUID()}@example.org`
  const [member] = await query<{ id: string; session: string; address: string }>(
    `update members m set name = $2 where email = $1
     returning id, (select id from member_sessions where member_id = m.id) as session,
       (select id from member_addresses where member_id = m.id) as address`,
    [email, NAME],
  )
  if (!member) throw new Error('A has no account')
  // What takes a person a device or an account elsewhere.
  await query(
    `insert into member_passkeys (id, member_id, public_key, counter, label) values ($1, $2, 'AAAA', 0, $3)`,
    [passkeyId, member.id, label],
  )
  await query(`insert into member_identities (provider, subject, member_id, email) values ('oidc', $1, $2, $3)`, [
    randomUUID(),
    member.id,
    identityEmail,
  ])
  const returnId = randomUUID()
  await query(
    `with sent as (
       insert into shipments (id, order_id, carrier_code, carrier) select gen_random_uuid(), id, 'OTHER', 'Post'
       from orders where order_number = $1 returning id, order_id
     ), filled as (
       insert into shipment_items (shipment_id, order_id, position, quantity)
       select s.id, i.order_id, i.position, i.quantity from sent s join order_items i on i.order_id = s.order_id
     ) insert into returns (id, order_id, reason) select $2, order_id, 'other' from sent`,
    [orderNumber, returnId],
  )
  return {
    memberId: member.id,
    email,
    street,
    orderNumber,
    paypalOrderId,
    paypalEventId: await eventAbout(paypalOrderId),
    returnId,
    addressId: member.address,
    sessionId: member.session,
    passkeyId,
    productSlug: wished.path.replace('/products/', ''),
    productId: String(wished.productId),
    variantId: wished.variantId,
    marks: [email, street, NAME, label, identityEmail, member.id, member.session, member.address],
  }
}

async function buy(page: Page, productPath: string, street: string) {
  await putInCart(page, productPath)
  await goToCheckout(page)
  await page.getByLabel('Full name').fill(NAME)
  await page.getByLabel('Street and number').fill(street)
  await page.getByLabel('ZIP code').fill('94105')
  await page.getByLabel('Town or city').fill('San Francisco')
  await page.getByLabel('State').selectOption('CA')
  await page.getByLabel(/^Keep this address/).check()
  await page.getByRole('button', { name: 'Continue to delivery' }).click()
  await page.getByRole('button', { name: 'Continue to payment' }).click()
  const paypal = await openPayPal(page)
  const paypalOrderId = new URL(paypal.url()).searchParams.get('token') ?? ''
  await paypal.getByRole('button', { name: 'Pay now' }).click()
  return { orderNumber: await expectReceipt(page), paypalOrderId }
}

/** The first event that PayPal has told of an order; it comes by itself. */
async function eventAbout(paypalOrderId: string): Promise<string> {
  const find = async () =>
    (await query<{ id: string }>('select id from webhook_events where paypal_order_id = $1', [paypalOrderId]))[0]?.id
  await expect.poll(find).toBeDefined()
  return (await find()) ?? ''
}

/** All rows that are A's, in a form that two moments can be compared in. Reading moves nothing but `last_used_at`. */
export async function photograph({ memberId, email }: Pick<Things, 'memberId' | 'email'>): Promise<string> {
  const [row] = await query<{ all: unknown }>(
    `select jsonb_build_object(
       'member', (select to_jsonb(m) from members m where id = $1),
       'sessions', (select jsonb_agg(to_jsonb(s) - 'last_used_at' order by id) from member_sessions s where member_id = $1),
       'addresses', (select jsonb_agg(to_jsonb(a) order by id) from member_addresses a where member_id = $1),
       'passkeys', (select jsonb_agg(to_jsonb(p) order by id) from member_passkeys p where member_id = $1),
       'identities', (select jsonb_agg(to_jsonb(i) order by provider) from member_identities i where member_id = $1),
       'cart', (select to_jsonb(c) from member_carts c where member_id = $1),
       'wishes', (select jsonb_agg(to_jsonb(w) order by product_id) from wish_list_items w where member_id = $1),
       'orders', (select jsonb_agg(to_jsonb(o) order by id) from orders o where member_id = $1),
       'links', (select jsonb_agg(to_jsonb(t) order by hash) from member_tokens t where member_id = $1 or email = $2),
       'mails', (select jsonb_agg(kind order by id) from mail_outbox where recipient = $2)) as all`,
    [memberId, email],
  )
  return JSON.stringify(row?.all, null, 1)
}
