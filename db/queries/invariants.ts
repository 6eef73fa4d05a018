import { sql, type SQL } from 'drizzle-orm'

/**
 * The one definition of wrong. Each query must be empty at any time, whatever crashed, repeated or came late; the database's
 * constraints refuse most of it, and these look again. `seen` counts what was looked at.
 */
export interface Invariant {
  readonly id: string
  readonly claim: string
  readonly seen: SQL
  /** Rows of `subject` (what is wrong) and `detail` (how). */
  readonly violations: SQL
}

export const INVARIANTS: readonly Invariant[] = [
  {
    id: 'I1',
    claim: 'an order is paid by a capture of exactly its attempt, amount and currency',
    seen: sql`select count(*) as seen from orders`,
    violations: sql`
      select 'order ' || o.order_number as subject, 'no such capture: ' || o.paypal_capture_id as detail
      from orders o left join payment_captures c on c.paypal_capture_id = o.paypal_capture_id
        and c.attempt_id = o.attempt_id and c.amount_minor = o.total_minor and c.currency = o.currency
      where c.paypal_capture_id is null`,
  },
  {
    id: 'I2',
    claim: 'a cart, an attempt and a capture each have at most one order',
    seen: sql`select count(*) as seen from orders`,
    violations: sql`
      select 'cart ' || cart_id as subject, count(*) || ' orders' as detail from orders group by cart_id having count(*) > 1
      union all
      select 'attempt ' || attempt_id, count(*) || ' orders' from orders group by attempt_id having count(*) > 1
      union all
      select 'capture ' || paypal_capture_id, count(*) || ' orders' from orders group by paypal_capture_id having count(*) > 1`,
  },
  {
    id: 'I3',
    claim: 'stock is neither oversold nor lost: what is held, sold, restocked and on the shelf agrees',
    seen: sql`select count(*) as seen from stock`,
    violations: sql`
      select 'variant ' || s.variant_id as subject, s.held || ' held of ' || s.on_hand as detail
      from stock s where s.held < 0 or s.held > s.on_hand
      union all
      select 'variant ' || s.variant_id, s.held || ' held, but payments hold ' || coalesce(h.quantity, 0)
      from stock s left join (
        select variant_id, sum(quantity) as quantity from stock_holds where state = 'held' group by variant_id
      ) h using (variant_id) where s.held <> coalesce(h.quantity, 0)
      union all
      select 'variant ' || s.variant_id, s.on_hand || ' on the shelf, but its movements leave ' || coalesce(m.quantity, 0)
      from stock s left join (
        select variant_id, sum(quantity) as quantity from stock_movements group by variant_id
      ) m using (variant_id) where s.on_hand <> coalesce(m.quantity, 0)
      union all
      select 'variant ' || coalesce(m.variant_id, i.variant_id),
        coalesce(m.quantity, 0) || ' pieces left the shelf as sold, ' || coalesce(i.quantity, 0) || ' are in orders'
      from (select variant_id, -sum(quantity) as quantity from stock_movements where reason = 'sale' group by variant_id) m
      full join (select variant_id, sum(quantity) as quantity from order_items group by variant_id) i using (variant_id)
      where coalesce(m.quantity, 0) <> coalesce(i.quantity, 0)
      union all
      select 'variant ' || coalesce(m.variant_id, r.variant_id),
        coalesce(m.quantity, 0) || ' pieces were put back, ' || coalesce(r.quantity, 0) || ' were refunded to the shelf'
      from (select variant_id, sum(quantity) as quantity from stock_movements where reason = 'restock' group by variant_id) m
      full join (
        select o.variant_id, sum(i.quantity) as quantity from refund_items i
        join refunds f on f.id = i.refund_id and f.state = 'completed'
        join order_items o on o.order_id = i.order_id and o.position = i.position
        where i.restock group by o.variant_id
      ) r using (variant_id)
      where coalesce(m.quantity, 0) <> coalesce(r.quantity, 0)`,
  },
  {
    id: 'I4',
    claim: 'every journal entry balances',
    seen: sql`select count(*) as seen from journal_entries`,
    violations: sql`
      select 'journal entry ' || e.id as subject, e.kind || ' ' || e.ref || ' is off by ' || coalesce(p.off, 0) as detail
      from journal_entries e left join (
        select entry_id, max(abs(off)) as off from (
          select entry_id, currency, sum(amount_minor) as off from journal_postings group by entry_id, currency
        ) sums group by entry_id
      ) p on p.entry_id = e.id where p.entry_id is null or p.off <> 0`,
  },
  {
    id: 'I5',
    claim: 'money is recorded only for an attempt that is over with it, and an attempt is over only with its money',
    seen: sql`select count(*) as seen from payment_attempts`,
    violations: sql`
      select 'attempt ' || a.id as subject, a.state || ' with capture ' || c.paypal_capture_id as detail
      from payment_captures c join payment_attempts a on a.id = c.attempt_id
      where a.state not in ('completed', 'refunding', 'refunded', 'review')
      union all
      select 'attempt ' || a.id, a.state || ' without a capture'
      from payment_attempts a left join payment_captures c on c.attempt_id = a.id
      where a.state in ('completed', 'refunding', 'refunded', 'review') and c.attempt_id is null
      union all
      select 'attempt ' || a.id, 'completed without an order'
      from payment_attempts a left join orders o on o.attempt_id = a.id where a.state = 'completed' and o.id is null`,
  },
  {
    id: 'I6',
    claim: 'a capture is an order or goes back, never both, never neither, and never more than it was',
    seen: sql`select count(*) as seen from payment_captures`,
    violations: sql`
      select 'capture ' || c.paypal_capture_id as subject,
        'orders: ' || coalesce(o.n, 0) || ', automatic refunds: ' || coalesce(r.automatic, 0) as detail
      from payment_captures c
      left join (select paypal_capture_id, count(*) as n from orders group by paypal_capture_id) o using (paypal_capture_id)
      left join (
        select paypal_capture_id, count(*) filter (where is_automatic_refund(reason)) as automatic from refunds
        group by paypal_capture_id
      ) r using (paypal_capture_id)
      where coalesce(o.n, 0) + coalesce(r.automatic, 0) <> 1
      union all
      select 'capture ' || c.paypal_capture_id,
        'no order, and of ' || c.amount_minor || ' only ' || coalesce(r.going, 0) || ' went back or is on its way'
      from payment_captures c left join orders o using (paypal_capture_id) join (
        select paypal_capture_id, sum(amount_minor - returned_minor) filter (where state <> 'failed') as going from refunds
        group by paypal_capture_id having bool_or(is_automatic_refund(reason))
      ) r using (paypal_capture_id)
      where o.id is null and coalesce(r.going, 0) < c.amount_minor
      union all
      select 'order ' || o.order_number,
        'cancelled, and of ' || c.amount_minor || ' only ' || coalesce(r.going, 0) || ' went back or is on its way'
      from orders o join payment_captures c using (paypal_capture_id) left join (
        select paypal_capture_id, sum(amount_minor - returned_minor) filter (where state <> 'failed') as going from refunds
        group by paypal_capture_id
      ) r using (paypal_capture_id)
      where o.state = 'cancelled' and coalesce(r.going, 0) < c.amount_minor
      union all
      select 'capture ' || c.paypal_capture_id, r.refunded || ' refunded of ' || c.amount_minor
      from payment_captures c join (
        select paypal_capture_id, sum(amount_minor - returned_minor) as refunded from refunds where state <> 'failed'
        group by paypal_capture_id, reason = 'reversal'
      ) r using (paypal_capture_id) where r.refunded > c.amount_minor
      union all
      select 'attempt ' || a.id, 'refunded, but ' || coalesce(r.refunded, 0) || ' of ' || c.amount_minor || ' went back'
      from payment_attempts a join payment_captures c on c.attempt_id = a.id left join (
        select paypal_capture_id, sum(amount_minor - returned_minor) as refunded from refunds where state = 'completed' group by paypal_capture_id
      ) r using (paypal_capture_id) where a.state = 'refunded' and coalesce(r.refunded, 0) < c.amount_minor`,
  },
  {
    id: 'I7',
    claim: 'nothing unfinished is forgotten, and nothing finished holds stock',
    seen: sql`select count(*) as seen from payment_attempts where state in ('creating', 'created', 'capturing', 'pending', 'refunding')`,
    violations: sql`
      select 'attempt ' || id as subject, state || ' and not looked at since ' || next_action_at as detail
      from payment_attempts
      where state in ('creating', 'created', 'capturing', 'pending') and (next_action_at is null or next_action_at < now() - interval '30 minutes')
      union all
      select 'refund ' || id, state || ' and not looked at since ' || next_action_at
      from refunds where state in ('pending', 'sent') and (next_action_at is null or next_action_at < now() - interval '30 minutes')
      union all
      select 'attempt ' || a.id, a.state || ' still holds variant ' || h.variant_id
      from stock_holds h join payment_attempts a on a.id = h.attempt_id
      where h.state = 'held' and a.state not in ('creating', 'created', 'capturing', 'pending')`,
  },
  {
    id: 'I8',
    claim:
      'the journal says of each capture, fee, refund and return what its row says, account by account, and nothing else',
    seen: sql`select count(*) as seen from journal_postings`,
    violations: sql`
      with due as (
        select 'capture' as kind, c.paypal_capture_id as ref, p.account, c.currency, p.minor
        from payment_captures c left join orders o using (paypal_capture_id)
        cross join lateral (values
          ('paypal_balance', c.amount_minor - coalesce(c.fee_minor, 0)),
          ('paypal_fees', c.fee_minor),
          ('sales', o.delivery_minor + o.tax_minor - c.amount_minor),
          ('delivery', -o.delivery_minor),
          ('sales_tax', -o.tax_minor),
          ('buyers_owed', case when o.id is null then -c.amount_minor end)
        ) p (account, minor)
        union all
        select 'refund', r.paypal_refund_id, p.account, r.currency, p.minor
        from refunds r cross join lateral (values
          ('paypal_balance', -r.amount_minor),
          (case when is_automatic_refund(r.reason) then 'buyers_owed' when r.reason = 'reversal' then 'reversals' else 'refunds' end,
            r.amount_minor)
        ) p (account, minor)
        where r.state = 'completed'
        union all
        select 'reversal_returned', b.transaction_id, p.account, r.currency, p.minor
        from refund_returns b join refunds r on r.id = b.refund_id cross join lateral (values
          ('paypal_balance', b.amount_minor),
          (case when is_automatic_refund(r.reason) then 'buyers_owed' else 'reversals' end, -b.amount_minor)
        ) p (account, minor)
        union all
        -- A fee that PayPal told of later stands in the journal alone, and may be anything that the capture can bear.
        select 'fee', c.paypal_capture_id, p.account, c.currency, p.minor
        from payment_captures c join journal_entries e on e.kind = 'fee' and e.ref = c.paypal_capture_id
        join (
          select entry_id, max(amount_minor) as minor from journal_postings where account = 'paypal_fees' group by entry_id
        ) fee on fee.entry_id = e.id and fee.minor between 1 and c.amount_minor
        cross join lateral (values ('paypal_fees', fee.minor), ('paypal_balance', -fee.minor)) p (account, minor)
        where c.fee_minor is null
      ), booked as (
        -- What was taken for a refund and was a reversal has an entry of each.
        select case e.kind when 'reversal' then 'refund' else coalesce(e.kind, 'posting of no entry') end as kind, coalesce(e.ref, p.entry_id::text) as ref, p.account, p.currency,
          sum(p.amount_minor) as minor
        from journal_postings p left join journal_entries e on e.id = p.entry_id group by 1, 2, 3, 4
      ), wanted as (
        select kind, ref, account, currency, sum(minor) as minor from due where minor <> 0 group by kind, ref, account, currency
      )
      select kind || ' ' || ref as subject,
        account || ': booked ' || coalesce(b.minor, 0) || ' of ' || coalesce(w.minor, 0) || ' ' || currency as detail
      from booked b full join wanted w using (kind, ref, account, currency)
      where coalesce(b.minor, 0) <> coalesce(w.minor, 0)`,
  },
  {
    id: 'I9',
    claim: 'each order, and nothing else, has one confirmation, which is sent or waits to be',
    seen: sql`select count(*) as seen from mail_outbox where kind = 'order_placed'`,
    violations: sql`
      select 'order ' || o.order_number as subject,
        case when m.key is null then 'has no confirmation' else 'confirmation given up: ' || coalesce(m.last_error, '') end as detail
      from orders o left join mail_outbox m on m.key = 'order_placed:' || o.id
      where m.key is null or m.dead_at is not null
      union all
      select 'mail ' || m.id, 'confirms an order that is not there'
      from mail_outbox m left join orders o on m.key = 'order_placed:' || o.id
      where m.kind = 'order_placed' and o.id is null`,
  },
  {
    id: 'I10',
    claim: 'every webhook event that came in is dealt with',
    seen: sql`select count(*) as seen from webhook_events`,
    violations: sql`
      select 'event ' || id as subject, event_type || ' from ' || received_at as detail
      from webhook_events where done_at is null and received_at < now() - interval '1 hour'`,
  },
  {
    id: 'I13',
    claim: 'an order number is given once, and its order has its items',
    seen: sql`select count(*) as seen from orders`,
    violations: sql`
      select 'order ' || order_number as subject, 'given ' || count(*) || ' times' as detail
      from orders group by order_number having count(*) > 1
      union all
      select 'order ' || o.order_number, 'items are worth ' || coalesce(i.minor, 0) || ' of ' || o.items_minor
      from orders o left join (
        select order_id, sum(line_total_minor) as minor from order_items group by order_id
      ) i on i.order_id = o.id where coalesce(i.minor, -1) <> o.items_minor`,
  },
  {
    id: 'I14',
    claim:
      'invoices and credit notes are numbered without a gap, and every order and refund has its own or waits for it',
    seen: sql`select (select count(*) from invoices) + (select count(*) from credit_notes) as seen`,
    violations: sql`
      select 'series ' || s.series as subject, p.n || ' papers with numbers up to ' || p.last || ', counted to ' || s.last as detail
      from paper_series s join (
        select 'invoice' as series, count(*) as n, coalesce(max(number), 0) as last from invoices
        union all select 'credit_note', count(*), coalesce(max(number), 0) from credit_notes
      ) p using (series) where p.n <> p.last or p.last <> s.last
      union all
      select 'order ' || o.order_number, 'has no invoice and waits for none'
      from orders o left join invoices i on i.order_id = o.id left join papers_due d on d.order_id = o.id
      where i.number is null and d.id is null
      union all
      select 'refund ' || r.id, 'has no credit note and waits for none'
      from refunds r left join credit_notes c on c.refund_id = r.id left join papers_due d on d.refund_id = r.id
      where r.state = 'completed' and r.order_id is not null and r.reason in ('merchant', 'paypal')
        and c.number is null and d.id is null`,
  },
]
