-- What foreign keys and checks cannot say. Each function is the database's own refusal of a bad state.

-- At commit a capture is an order or an automatic refund: never both, never neither.
create function capture_has_one_disposition() returns trigger language plpgsql as $$
begin
  if (select count(*) from orders where paypal_capture_id = new.paypal_capture_id)
   + (select count(*) from refunds where paypal_capture_id = new.paypal_capture_id) <> 1 then
    raise exception 'capture % has no single disposition', new.paypal_capture_id using errcode = 'check_violation';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger payment_captures_one_disposition
  after insert on payment_captures deferrable initially deferred
  for each row execute function capture_has_one_disposition();
--> statement-breakpoint
create constraint trigger orders_only_disposition
  after insert on orders deferrable initially deferred
  for each row execute function capture_has_one_disposition();
--> statement-breakpoint
create constraint trigger refunds_only_disposition
  after insert on refunds deferrable initially deferred
  for each row execute function capture_has_one_disposition();
--> statement-breakpoint

-- At commit an order has items, and they are worth what the order says.
create function order_items_are_the_order() returns trigger language plpgsql as $$
begin
  if (select coalesce(sum(line_total_minor), -1) from order_items where order_id = new.id) <> new.items_minor then
    raise exception 'items of order % do not add up to it', new.order_number using errcode = 'check_violation';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger orders_have_their_items
  after insert on orders deferrable initially deferred
  for each row execute function order_items_are_the_order();
--> statement-breakpoint

-- At commit an attempt that is under way holds its stock, and one that is not holds nothing.
create function attempt_holds_while_live() returns trigger language plpgsql as $$
declare
  current_state text;
  held_rows bigint;
begin
  select state into current_state from payment_attempts where id = new.id;
  select count(*) into held_rows from stock_holds where attempt_id = new.id and state = 'held';
  if (current_state in ('creating', 'created', 'capturing', 'pending')) <> (held_rows > 0) then
    raise exception 'attempt % is % with % holds', new.id, current_state, held_rows using errcode = 'check_violation';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger payment_attempts_hold_while_live
  after insert or update of state on payment_attempts deferrable initially deferred
  for each row execute function attempt_holds_while_live();
--> statement-breakpoint

-- The moves of lib/domain/payment.ts (ATTEMPT_MOVES); a test compares the two.
create function attempt_move_allowed(from_state text, to_state text) returns boolean language sql immutable as $$
  select case from_state
    when 'creating' then to_state in ('created', 'closed')
    when 'created' then to_state in ('capturing', 'pending', 'completed', 'closed', 'refunding')
    when 'capturing' then to_state in ('created', 'pending', 'completed', 'closed', 'refunding')
    when 'pending' then to_state in ('completed', 'closed', 'refunding')
    when 'closed' then to_state in ('completed', 'refunding')
    when 'refunding' then to_state in ('refunded', 'review')
    else false
  end
$$;
--> statement-breakpoint
create function attempt_moves_only_forward() returns trigger language plpgsql as $$
begin
  if new.state <> old.state and not attempt_move_allowed(old.state, new.state) then
    raise exception 'attempt % cannot move from % to %', new.id, old.state, new.state using errcode = 'check_violation';
  end if;
  if (new.id, new.cart_id, new.buyer_key_hash, new.amount_minor, new.currency, new.snapshot, new.fingerprint)
     is distinct from
     (old.id, old.cart_id, old.buyer_key_hash, old.amount_minor, old.currency, old.snapshot, old.fingerprint) then
    raise exception 'what attempt % is for cannot change', new.id using errcode = 'check_violation';
  end if;
  new.updated_at := now();
  return new;
end $$;
--> statement-breakpoint
create trigger payment_attempts_move before update on payment_attempts
  for each row execute function attempt_moves_only_forward();
--> statement-breakpoint

-- Captures and what was bought are history.
create function rows_are_history() returns trigger language plpgsql as $$
begin
  raise exception '% rows are history', tg_table_name using errcode = 'check_violation';
end $$;
--> statement-breakpoint
create trigger payment_captures_history before update or delete on payment_captures
  for each row execute function rows_are_history();
--> statement-breakpoint
create trigger order_items_history before update or delete on order_items
  for each row execute function rows_are_history();
--> statement-breakpoint
create trigger orders_history
  before delete or update of id, order_number, cart_id, attempt_id, paypal_capture_id, items_minor, discount_minor,
    delivery_minor, tax_minor, tax_included, total_minor, currency, placed_at on orders
  for each row execute function rows_are_history();
