-- What foreign keys and checks cannot say about refunds, the journal, stock and held orders.

-- Only a refund made because the capture could not become an order is its disposition; others come on top of an order.
create function is_automatic_refund(reason text) returns boolean language sql immutable as $$
  select reason in ('late_capture', 'mismatch', 'unfulfillable', 'gone_at_paypal')
$$;
--> statement-breakpoint
create or replace function capture_has_one_disposition() returns trigger language plpgsql as $$
begin
  if (select count(*) from orders where paypal_capture_id = new.paypal_capture_id)
   + (select count(*) from refunds where paypal_capture_id = new.paypal_capture_id and is_automatic_refund(reason)) <> 1 then
    raise exception 'capture % has no single disposition', new.paypal_capture_id using errcode = 'check_violation';
  end if;
  return null;
end $$;
--> statement-breakpoint

-- As in lib/domain/payment.ts: a refund that a person took on can be sent again.
create or replace function attempt_move_allowed(from_state text, to_state text) returns boolean language sql immutable as $$
  select case from_state
    when 'creating' then to_state in ('created', 'closed')
    when 'created' then to_state in ('capturing', 'pending', 'completed', 'closed', 'refunding')
    when 'capturing' then to_state in ('created', 'pending', 'completed', 'closed', 'refunding')
    when 'pending' then to_state in ('completed', 'closed', 'refunding')
    when 'closed' then to_state in ('completed', 'refunding')
    when 'refunding' then to_state in ('refunded', 'review')
    when 'review' then to_state in ('refunding', 'refunded')
    else false
  end
$$;
--> statement-breakpoint

-- More than was captured cannot go back. The capture's row lock makes two refunds at once wait for each other.
create function refunds_stay_within_capture() returns trigger language plpgsql as $$
declare
  captured payment_captures;
begin
  select * into captured from payment_captures where paypal_capture_id = new.paypal_capture_id for update;
  if new.currency <> captured.currency then
    raise exception 'refund % is in another currency than its capture', new.id using errcode = 'check_violation';
  end if;
  if (select coalesce(sum(amount_minor), 0) from refunds
      where paypal_capture_id = new.paypal_capture_id and state <> 'failed') > captured.amount_minor then
    raise exception 'capture % would be refunded beyond its amount', new.paypal_capture_id
      using errcode = 'check_violation', constraint = 'refunds_stay_within_capture';
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger refunds_stay_within_capture
  after insert or update of state, amount_minor, currency, paypal_capture_id on refunds
  for each row execute function refunds_stay_within_capture();
--> statement-breakpoint

-- What a refund is for cannot change, and it moves only forward (REFUND_MOVES of lib/domain/refund.ts; a test compares the two).
create function refund_move_allowed(from_state text, to_state text) returns boolean language sql immutable as $$
  select case from_state
    when 'pending' then to_state in ('sent', 'completed', 'failed')
    when 'sent' then to_state in ('completed', 'failed')
    when 'failed' then to_state in ('pending', 'completed')
    else false
  end
$$;
--> statement-breakpoint
create function refunds_move_only_forward() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'refund % is history', old.id using errcode = 'check_violation';
  end if;
  if new.state <> old.state and not refund_move_allowed(old.state, new.state) then
    raise exception 'refund % cannot move from % to %', new.id, old.state, new.state using errcode = 'check_violation';
  end if;
  if (new.id, new.paypal_capture_id, new.order_id, new.amount_minor, new.currency, new.reason)
     is distinct from (old.id, old.paypal_capture_id, old.order_id, old.amount_minor, old.currency, old.reason) then
    raise exception 'what refund % is for cannot change', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger refunds_move before update or delete on refunds for each row execute function refunds_move_only_forward();
--> statement-breakpoint

-- An item cannot be refunded more often than it was bought.
create function refund_items_stay_within_order() returns trigger language plpgsql as $$
begin
  perform 1 from order_items where order_id = new.order_id and position = new.position for update;
  if (select sum(i.quantity) from refund_items i join refunds r on r.id = i.refund_id
      where i.order_id = new.order_id and i.position = new.position and r.state <> 'failed')
     > (select quantity from order_items where order_id = new.order_id and position = new.position) then
    raise exception 'item % of order % would be refunded more often than it was bought', new.position, new.order_id
      using errcode = 'check_violation', constraint = 'refund_items_stay_within_order';
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger refund_items_stay_within_order after insert on refund_items
  for each row execute function refund_items_stay_within_order();
--> statement-breakpoint
create trigger refund_items_history before update or delete on refund_items
  for each row execute function rows_are_history();
--> statement-breakpoint

-- At commit the postings of an entry add up to zero in each currency, and there are some.
create function journal_entry_balances() returns trigger language plpgsql as $$
declare
  entry bigint;
begin
  if tg_table_name = 'journal_entries' then entry := new.id; else entry := new.entry_id; end if;
  if not exists (select 1 from journal_postings where entry_id = entry)
     or exists (select 1 from journal_postings where entry_id = entry group by currency having sum(amount_minor) <> 0) then
    raise exception 'journal entry % does not balance', entry using errcode = 'check_violation';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger journal_entries_balance
  after insert on journal_entries deferrable initially deferred
  for each row execute function journal_entry_balances();
--> statement-breakpoint
create constraint trigger journal_postings_balance
  after insert on journal_postings deferrable initially deferred
  for each row execute function journal_entry_balances();
--> statement-breakpoint
create trigger journal_entries_history before update or delete on journal_entries
  for each row execute function rows_are_history();
--> statement-breakpoint
create trigger journal_postings_history before update or delete on journal_postings
  for each row execute function rows_are_history();
--> statement-breakpoint

-- At commit a capture, and a refund that is complete, is in the books.
create function capture_is_booked() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from journal_entries where kind = 'capture' and ref = new.paypal_capture_id) then
    raise exception 'capture % is not in the journal', new.paypal_capture_id using errcode = 'check_violation';
  end if;
  return null;
end $$;
--> statement-breakpoint
create function refund_is_booked() returns trigger language plpgsql as $$
begin
  if new.state = 'completed' and not exists (
    select 1 from journal_entries where kind in ('refund', 'reversal') and ref = new.paypal_refund_id) then
    raise exception 'refund % is not in the journal', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;
--> statement-breakpoint

-- Every change of what is on the shelf leaves a movement. Who changes it says why in cartwright.stock_reason.
create function record_stock_movement() returns trigger language plpgsql as $$
declare
  moved integer := new.on_hand - case tg_op when 'INSERT' then 0 else old.on_hand end;
  fallback text := case tg_op when 'INSERT' then 'initial' else 'adjustment' end;
begin
  if moved <> 0 then
    insert into stock_movements (variant_id, quantity, reason, ref) values (
      new.variant_id, moved,
      coalesce(nullif(current_setting('cartwright.stock_reason', true), ''), fallback),
      nullif(current_setting('cartwright.stock_ref', true), ''));
  end if;
  return null;
end $$;
--> statement-breakpoint
insert into stock_movements (variant_id, quantity, reason) select variant_id, on_hand, 'initial' from stock where on_hand <> 0;
--> statement-breakpoint
create trigger stock_moves_are_recorded after insert or update of on_hand on stock
  for each row execute function record_stock_movement();
--> statement-breakpoint
create trigger stock_movements_history before update on stock_movements
  for each row execute function rows_are_history();
--> statement-breakpoint

-- An order that is held does not move on.
create function held_orders_stay() returns trigger language plpgsql as $$
begin
  if new.state <> old.state and exists (
    select 1 from order_holds where order_id = new.id and released_at is null) then
    raise exception 'order % is held', new.order_number using errcode = 'check_violation', constraint = 'held_orders_stay';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger orders_stay_while_held before update of state on orders
  for each row execute function held_orders_stay();
--> statement-breakpoint

-- Books for what was captured and refunded before there were any.
with booked as (
  insert into journal_entries (kind, ref, booked_at)
  select 'capture', paypal_capture_id, recorded_at from payment_captures returning id, ref
)
insert into journal_postings (entry_id, account, amount_minor, currency)
select b.id, p.account, p.amount, c.currency
from booked b
join payment_captures c on c.paypal_capture_id = b.ref
left join orders o on o.paypal_capture_id = c.paypal_capture_id
cross join lateral (values
  ('paypal_balance', c.amount_minor - coalesce(c.fee_minor, 0)),
  ('paypal_fees', coalesce(c.fee_minor, 0)),
  ('buyers_owed', case when o.id is null then -c.amount_minor else 0 end),
  ('sales', case when o.id is null then 0 else -(c.amount_minor - o.delivery_minor - o.tax_minor) end),
  ('delivery', coalesce(-o.delivery_minor, 0)),
  ('sales_tax', coalesce(-o.tax_minor, 0))
) as p (account, amount)
where p.amount <> 0;
--> statement-breakpoint
with booked as (
  insert into journal_entries (kind, ref, booked_at)
  select 'refund', paypal_refund_id, completed_at from refunds where state = 'completed' returning id, ref
)
insert into journal_postings (entry_id, account, amount_minor, currency)
select b.id, p.account, p.amount, r.currency
from booked b
join refunds r on r.paypal_refund_id = b.ref
cross join lateral (values ('buyers_owed', r.amount_minor), ('paypal_balance', -r.amount_minor)) as p (account, amount);
--> statement-breakpoint
create constraint trigger payment_captures_are_booked
  after insert on payment_captures deferrable initially deferred
  for each row execute function capture_is_booked();
--> statement-breakpoint
create constraint trigger refunds_are_booked
  after insert or update of state on refunds deferrable initially deferred
  for each row execute function refund_is_booked();
