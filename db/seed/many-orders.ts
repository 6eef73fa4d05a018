import pg from 'pg'

/** Orders in one transaction. */
const BATCH = 20_000

/**
 * Fills a seeded shop with orders of the last three years, as if they had been bought: payments, captures, books, items, parcels and
 * stock agree, and `npm run money:check` finds nothing. For measuring, never for a shop that sells: PayPal knows of none of them.
 * Triggers look away meanwhile, which only a superuser may ask for.
 * @throws Error when there are orders that this did not make, or the database refuses.
 */
export async function insertManyOrders(
  databaseUrl: string,
  wanted: number,
  say: (done: number) => void,
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ made: string; others: string }>(
      `select count(*) filter (where paypal_capture_id like 'MANY-%') as made,
         count(*) filter (where paypal_capture_id not like 'MANY-%') as others from orders`,
    )
    if (Number(rows[0]?.others) > 0) throw new Error('this shop has orders of its own: use an empty one')
    await client.query("set session_replication_role = 'replica'")
    await client.query("set synchronous_commit = 'off'")
    for (const statement of PREPARE) await client.query(statement)
    for (let made = Number(rows[0]?.made); made < wanted; made += BATCH) {
      await client.query('begin')
      await client.query('select setseed($1)', [(made % 1_000_003) / 1_000_003])
      await client.query(CHOOSE, [made, Math.min(made + BATCH, wanted) - 1, wanted])
      for (const statement of WRITE) await client.query(statement)
      await client.query('commit')
      say(Math.min(made + BATCH, wanted))
    }
    await client.query(BALANCE_STOCK)
    await client.query('vacuum analyze')
  } finally {
    await client.end()
  }
}

/** Functions and tables of this session alone. */
const PREPARE = [
  // As lib/domain/order-number.ts has it, check digit and all; an odd factor modulo 2^45 gives no number twice.
  `create function pg_temp.order_number(n bigint) returns text language sql as $$
     with digits as (
       select place, ((((n + 1) * 982451653) & 35184372088831) >> (5 * place)) & 31 as value from generate_series(0, 8) as place),
     text as (
       select string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', value::int + 1, 1), '' order by place) as body,
         sum(value * (place + 2)) as weight from digits)
     select substr(body, 1, 5) || '-' || substr(body, 6) || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (weight % 31)::int + 1, 1)
     from text $$`,
  `create temp table goods as
     select row_number() over (order by v.id) - 1 as at, v.id as variant_id, v.sku, v.price_minor, v.currency, p.name, p.slug,
       coalesce((select jsonb_agg(jsonb_build_object('name', o.name, 'value', l.value) order by o.position)
         from variant_option_values vv join product_option_values l on l.id = vv.option_value_id
         join product_options o on o.id = l.option_id where vv.variant_id = v.id), '[]') as options
     from variants v join products p on p.id = v.product_id where p.state = 'active' and v.active`,
  'create temp table many (n bigint, id uuid, cart_id uuid, placed_at timestamptz, called text, buyer int, country text, state text, first int, lines int)',
  'create temp table many_lines (id uuid, position smallint, variant_id int, name text, slug text, sku text, options jsonb, price bigint, quantity int)',
]

/**
 * Who bought when, and how far it is: the more, the later; what is older than some days has arrived. The first twentieth was bought by
 * people, and under article numbers, that never came back: what is only found long ago is to be measured too.
 */
const CHOOSE = `
  with drawn as (
    select n, now() - interval '1095 days' * (1 - sqrt((n + random())::float8 / $3::float8)) as placed_at,
      (random() * 200000)::int as buyer, random() as luck, random() as fate
    from generate_series($1::bigint, $2::bigint) as n)
  insert into many
  select n, md5('many order ' || n)::uuid, md5('many cart ' || n)::uuid, placed_at,
    case when n < $3::bigint / 20 then 'Early' else 'Buyer' end, buyer,
    (array['US', 'US', 'US', 'GB', 'DE', 'FR', 'NL', 'IT'])[1 + floor(luck * 8)::int],
    case when fate < 0.01 then 'cancelled'
      when placed_at > now() - interval '1 day' then 'created'
      when placed_at > now() - interval '2 days' then 'processing'
      when placed_at > now() - interval '6 days' then 'shipped'
      else 'delivered' end,
    floor(random() * 1000000)::int, 1 + floor(random() * random() * 4)::int
  from drawn`

const WRITE = [
  `insert into many_lines
   select m.id, l - 1, g.variant_id, g.name, g.slug,
     case m.called when 'Early' then 'EARLY-' || g.at % 3 else g.sku end, g.options, g.price_minor, 1 + (m.first % 5 = 0)::int
   from many m cross join lateral generate_series(1, least(m.lines, (select count(*) from goods))) as l
   join goods g on g.at = (m.first + l - 1) % (select count(*) from goods)`,
  `insert into payment_attempts (id, cart_id, buyer_key_hash, amount_minor, currency, snapshot, fingerprint, state, paypal_order_id,
     hold_expires_at, created_at, updated_at)
   select m.id, m.cart_id, md5(m.cart_id::text), s.items + 600, 'USD', jsonb_build_object('version', 1, 'currency', 'USD',
     'email', lower(m.called) || '-' || m.buyer || '@example.com', 'lines', '[]'::jsonb, 'itemsMinor', s.items, 'discountMinor', 0,
     'deliveryMinor', 600, 'taxMinor', 0, 'taxIncluded', false, 'taxLabel', null, 'totalMinor', s.items + 600,
     'address', jsonb_build_object('name', m.called || ' ' || m.buyer, 'line1', m.buyer || ' Market Street', 'line2', '', 'city', 'Springfield',
       'region', '', 'postalCode', '10001', 'country', m.country),
     'delivery', jsonb_build_object('methodId', 1, 'name', 'Standard', 'estimate', '3 to 5 working days')),
     md5('many ' || m.n), 'completed', 'MANY' || m.n, m.placed_at + interval '15 minutes', m.placed_at - interval '2 minutes', m.placed_at
   from many m join (select id, sum(price * quantity) as items from many_lines group by id) s using (id)`,
  // Every fourth payment that is begun comes to nothing.
  `insert into payment_attempts (id, cart_id, buyer_key_hash, amount_minor, currency, snapshot, fingerprint, state, close_reason,
     hold_expires_at, created_at, updated_at)
   select md5('many closed ' || m.n)::uuid, md5('many closed cart ' || m.n)::uuid, md5('closed ' || m.n), a.amount_minor, 'USD', a.snapshot,
     md5('many closed ' || m.n), 'closed', 'hold_expired', m.placed_at, m.placed_at - interval '20 minutes', m.placed_at
   from many m join payment_attempts a on a.id = m.id where m.n % 4 = 0`,
  `insert into payment_captures (paypal_capture_id, attempt_id, amount_minor, currency, fee_minor, recorded_at)
   select 'MANY-' || m.n, m.id, a.amount_minor, 'USD', 49 + a.amount_minor * 349 / 10000, m.placed_at
   from many m join payment_attempts a on a.id = m.id`,
  `insert into orders (id, order_number, cart_id, attempt_id, paypal_capture_id, buyer_key_hash, state, email, address_name, address_line1,
     address_line2, address_city, address_region, address_postal_code, address_country, delivery_name, delivery_estimate, items_minor,
     discount_minor, delivery_minor, tax_minor, tax_included, total_minor, currency, placed_at, delivered_at)
   select m.id, pg_temp.order_number(m.n), m.cart_id, m.id, 'MANY-' || m.n, md5(m.cart_id::text), m.state,
     lower(m.called) || '-' || m.buyer || '@example.com', m.called || ' ' || m.buyer, m.buyer || ' Market Street', '', 'Springfield', '', '10001', m.country,
     'Standard', '3 to 5 working days', a.amount_minor - 600, 0, 600, 0, false, a.amount_minor, 'USD', m.placed_at,
     case when m.state = 'delivered' then m.placed_at + interval '5 days' end
   from many m join payment_attempts a on a.id = m.id`,
  `insert into order_items (order_id, position, variant_id, product_name, product_slug, sku, options, unit_price_minor, quantity,
     line_total_minor, placed_at)
   select id, position, variant_id, name, slug, sku, options, price, quantity, price * quantity, placed_at
   from many_lines join many using (id)`,
  `insert into journal_entries (kind, ref, booked_at) select 'capture', 'MANY-' || n, placed_at from many`,
  `insert into journal_postings (entry_id, account, amount_minor, currency)
   select e.id, p.account, p.minor, 'USD' from many m
   join journal_entries e on e.kind = 'capture' and e.ref = 'MANY-' || m.n
   join payment_captures c on c.attempt_id = m.id
   cross join lateral (values ('paypal_balance', c.amount_minor - c.fee_minor), ('paypal_fees', c.fee_minor), ('delivery', -600::bigint),
     ('sales', 600 - c.amount_minor)) p (account, minor)`,
  `insert into refunds (id, paypal_capture_id, order_id, amount_minor, currency, reason, state, paypal_refund_id, created_at, completed_at)
   select md5('many refund ' || m.n)::uuid, 'MANY-' || m.n, m.id, c.amount_minor, 'USD', 'merchant', 'completed', 'MANYREFUND-' || m.n,
     m.placed_at + interval '1 hour', m.placed_at + interval '1 hour'
   from many m join payment_captures c on c.attempt_id = m.id where m.state = 'cancelled'`,
  `insert into journal_entries (kind, ref, booked_at)
   select 'refund', 'MANYREFUND-' || n, placed_at + interval '1 hour' from many where state = 'cancelled'`,
  `insert into journal_postings (entry_id, account, amount_minor, currency)
   select e.id, p.account, p.minor, 'USD' from many m
   join journal_entries e on e.kind = 'refund' and e.ref = 'MANYREFUND-' || m.n
   join payment_captures c on c.attempt_id = m.id
   cross join lateral (values ('paypal_balance', -c.amount_minor), ('refunds', c.amount_minor)) p (account, minor)`,
  `insert into shipments (id, order_id, carrier_code, carrier, tracking_number, shipped_at, told_paypal_at)
   select md5('many parcel ' || n)::uuid, id, 'UPS', 'UPS', '1Z' || lpad(n::text, 16, '0'), placed_at + interval '2 days',
     placed_at + interval '2 days' from many where state in ('shipped', 'delivered')`,
  `insert into shipment_items (shipment_id, order_id, position, quantity)
   select md5('many parcel ' || m.n)::uuid, m.id, l.position, l.quantity from many m join many_lines l using (id)
   where m.state in ('shipped', 'delivered')`,
  `insert into mail_outbox (key, kind, created_at, available_at, tries, done_at)
   select 'order_placed:' || id, 'order_placed', placed_at, placed_at, 1, placed_at from many`,
  `insert into stock_movements (variant_id, quantity, reason, ref, moved_at)
   select l.variant_id, -l.quantity, 'sale', m.id::text, m.placed_at from many m join many_lines l using (id)`,
  `insert into papers_due (order_id, available_at) select id, placed_at from many order by placed_at`,
  `insert into papers_due (refund_id) select md5('many refund ' || n)::uuid from many where state = 'cancelled'`,
  'truncate many',
  'truncate many_lines',
]

/** What was sold had come in before: the shelves stay as they were seeded. */
const BALANCE_STOCK = `
  insert into stock_movements (variant_id, quantity, reason, ref, moved_at)
  select s.variant_id, s.on_hand - m.quantity, 'initial', 'many orders', now() - interval '1096 days'
  from stock s join (select variant_id, sum(quantity)::int as quantity from stock_movements group by variant_id) m using (variant_id)
  where s.on_hand <> m.quantity`
