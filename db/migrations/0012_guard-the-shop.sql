-- What foreign keys and checks cannot say about an order's life, its parcels and the audit log.

-- ORDER_MOVES of lib/domain/order.ts; a test compares the two.
create function order_move_allowed(from_state text, to_state text) returns boolean language sql immutable as $$
  select case from_state
    when 'created' then to_state in ('processing', 'partly_shipped', 'shipped', 'cancelled')
    when 'processing' then to_state in ('created', 'partly_shipped', 'shipped', 'cancelled')
    when 'partly_shipped' then to_state = 'shipped'
    when 'shipped' then to_state in ('delivered', 'returned')
    when 'delivered' then to_state = 'returned'
    else false
  end
$$;
--> statement-breakpoint
create function orders_move_along() returns trigger language plpgsql as $$
begin
  if new.state <> old.state and not order_move_allowed(old.state, new.state) then
    raise exception 'order % cannot move from % to %', new.order_number, old.state, new.state using errcode = 'check_violation';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger orders_move_along before update of state on orders
  for each row execute function orders_move_along();
--> statement-breakpoint

-- No more pieces leave than were bought, however many parcels are packed at once: the item's row lock makes them wait.
create function parcels_hold_what_was_bought() returns trigger language plpgsql as $$
begin
  perform 1 from order_items where order_id = new.order_id and position = new.position for update;
  if (select sum(quantity) from shipment_items where order_id = new.order_id and position = new.position)
     > (select quantity from order_items where order_id = new.order_id and position = new.position) then
    raise exception 'item % of order % would be sent more often than it was bought', new.position, new.order_id
      using errcode = 'check_violation', constraint = 'parcels_hold_what_was_bought';
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger parcels_hold_what_was_bought after insert on shipment_items
  for each row execute function parcels_hold_what_was_bought();
--> statement-breakpoint
create trigger shipment_items_history before update or delete on shipment_items
  for each row execute function rows_are_history();
--> statement-breakpoint

-- A held order sends nothing.
create function held_orders_send_nothing() returns trigger language plpgsql as $$
begin
  if exists (select 1 from order_holds where order_id = new.order_id and released_at is null) then
    raise exception 'order % is held', new.order_id using errcode = 'check_violation', constraint = 'held_orders_stay';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger shipments_not_while_held before insert on shipments
  for each row execute function held_orders_send_nothing();
--> statement-breakpoint
create trigger order_events_history before update or delete on order_events
  for each row execute function rows_are_history();
--> statement-breakpoint
create trigger audit_log_history before update or delete on audit_log
  for each row execute function rows_are_history();
--> statement-breakpoint
create trigger audit_log_stays before truncate on audit_log
  for each statement execute function rows_are_history();
