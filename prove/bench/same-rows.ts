/**
 * What a paid order writes, as bare SQL on the attempt `:attempt`: the fence, then one transaction with capture, books, order,
 * items, mail and stock. The floor under any shop that keeps these rows. PayPal and prices are made up.
 */
export const SAME_ROWS: readonly string[] = [
  `update payment_attempts set state = 'capturing', next_action_at = now() + interval '45 seconds', tries = 0
   where id = :attempt and state = 'created'`,
  'begin',
  'select 1 from payment_attempts where id = :attempt for update',
  `insert into payment_captures (paypal_capture_id, attempt_id, amount_minor, currency, fee_minor)
   select 'BENCH-' || id, id, amount_minor, currency, 100 from payment_attempts where id = :attempt`,
  `insert into journal_entries (kind, ref) select 'capture', 'BENCH-' || id from payment_attempts where id = :attempt`,
  `insert into journal_postings (entry_id, account, amount_minor, currency)
   select e.id, p.account, p.minor, a.currency from payment_attempts a
   join journal_entries e on e.kind = 'capture' and e.ref = 'BENCH-' || a.id
   cross join lateral (values
     ('paypal_balance', a.amount_minor - 100), ('paypal_fees', 100),
     ('delivery', -(a.snapshot ->> 'deliveryMinor')::bigint), ('sales_tax', -(a.snapshot ->> 'taxMinor')::bigint),
     ('sales', -a.amount_minor + (a.snapshot ->> 'deliveryMinor')::bigint + (a.snapshot ->> 'taxMinor')::bigint)
   ) p (account, minor) where a.id = :attempt and p.minor <> 0`,
  `update payment_attempts set state = 'completed', next_action_at = null, last_issue = null where id = :attempt`,
  `insert into orders (id, order_number, cart_id, attempt_id, paypal_capture_id, buyer_key_hash, email, address_name,
     address_line1, address_line2, address_city, address_region, address_postal_code, address_country, delivery_name,
     delivery_estimate, items_minor, discount_minor, delivery_minor, tax_minor, tax_included, tax_label, total_minor, currency)
   select id, 'BENCH-' || id, cart_id, id, 'BENCH-' || id, buyer_key_hash, s ->> 'email', s #>> '{address,name}',
     s #>> '{address,line1}', s #>> '{address,line2}', s #>> '{address,city}', s #>> '{address,region}',
     s #>> '{address,postalCode}', s #>> '{address,country}', s #>> '{delivery,name}', s #>> '{delivery,estimate}',
     (s ->> 'itemsMinor')::bigint, (s ->> 'discountMinor')::bigint, (s ->> 'deliveryMinor')::bigint,
     (s ->> 'taxMinor')::bigint, (s ->> 'taxIncluded')::boolean, s ->> 'taxLabel', amount_minor, currency
   from (select *, snapshot as s from payment_attempts where id = :attempt) a`,
  `insert into order_items (order_id, position, variant_id, product_name, product_slug, sku, options, picture,
     unit_price_minor, quantity, line_total_minor)
   select a.id, l.position - 1, (l.line ->> 'variantId')::int, l.line ->> 'productName', l.line ->> 'productSlug',
     l.line ->> 'sku', l.line -> 'options', l.line -> 'picture', (l.line ->> 'unitPriceMinor')::bigint,
     (l.line ->> 'quantity')::int, (l.line ->> 'lineTotalMinor')::bigint
   from payment_attempts a cross join lateral jsonb_array_elements(a.snapshot -> 'lines') with ordinality l (line, position)
   where a.id = :attempt`,
  `insert into mail_outbox (key, kind, recipient, payload)
   select 'order_placed:' || id, 'order_placed', snapshot ->> 'email',
     jsonb_build_object('kind', 'order_placed', 'orderId', id) from payment_attempts where id = :attempt`,
  `select set_config('cartwright.stock_reason', 'sale', true)`,
  `update stock_holds set state = 'consumed' where attempt_id = :attempt and state = 'held'`,
  `update stock s set on_hand = on_hand - h.quantity, held = held - h.quantity from stock_holds h
   where h.attempt_id = :attempt and h.variant_id = s.variant_id`,
  'commit',
]

/** Tables that an order writes to, for the proof that both sides wrote the same. */
export const WRITTEN_TABLES = [
  'payment_captures',
  'journal_entries',
  'journal_postings',
  'orders',
  'order_items',
  'stock_movements',
  'outbox',
  'mail_outbox',
] as const
