-- What foreign keys and checks cannot say about returns.

-- RETURN_MOVES of lib/domain/return.ts; a test compares the two.
create function return_move_allowed(from_state text, to_state text) returns boolean language sql immutable as $$
  select case from_state
    when 'requested' then to_state in ('approved', 'refused')
    when 'approved' then to_state in ('received', 'refused')
    when 'received' then to_state in ('refunded', 'refused')
    else false
  end
$$;
--> statement-breakpoint
create function returns_move_along() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'return % is history', old.id using errcode = 'check_violation';
  end if;
  if new.state <> old.state and not return_move_allowed(old.state, new.state) then
    raise exception 'return % cannot move from % to %', new.id, old.state, new.state using errcode = 'check_violation';
  end if;
  if (new.id, new.order_id, new.reason, new.asked_at) is distinct from (old.id, old.order_id, old.reason, old.asked_at)
     or (new.note <> old.note and new.note <> '') then
    raise exception 'what return % is for cannot change', new.id using errcode = 'check_violation';
  end if;
  if new.state = 'received' and exists (
    select 1 from return_items where return_id = new.id and received_quantity is null) then
    raise exception 'return % was not looked at', new.id using errcode = 'check_violation';
  end if;
  if new.refund_id is not null and not exists (
    select 1 from refunds where id = new.refund_id and order_id = new.order_id) then
    raise exception 'return % is refunded by another order', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger returns_move_along before update or delete on returns
  for each row execute function returns_move_along();
--> statement-breakpoint

-- No more comes back than was sent, however many ask at once: the item's row lock makes them wait. Of what has arrived, what was
-- in the parcel counts; what was refused does not.
create function returns_stay_within_parcels() returns trigger language plpgsql as $$
begin
  perform 1 from order_items where order_id = new.order_id and position = new.position for update;
  if (select sum(coalesce(i.received_quantity, i.quantity)) from return_items i join returns r on r.id = i.return_id
      where i.order_id = new.order_id and i.position = new.position and r.state <> 'refused')
     > (select coalesce(sum(quantity), 0) from shipment_items where order_id = new.order_id and position = new.position) then
    raise exception 'item % of order % would come back more often than it was sent', new.position, new.order_id
      using errcode = 'check_violation', constraint = 'returns_stay_within_parcels';
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger returns_stay_within_parcels after insert on return_items
  for each row execute function returns_stay_within_parcels();
--> statement-breakpoint

-- What was asked for stays; what was found is written once, while the parcel is awaited.
create function return_items_are_found_once() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.received_quantity is null
     and (new.return_id, new.order_id, new.position, new.quantity)
       = (old.return_id, old.order_id, old.position, old.quantity)
     and exists (select 1 from returns where id = new.return_id and state = 'approved') then
    return new;
  end if;
  raise exception 'item % of return % is history', old.position, old.return_id using errcode = 'check_violation';
end $$;
--> statement-breakpoint
create trigger return_items_are_found_once before update or delete on return_items
  for each row execute function return_items_are_found_once();
--> statement-breakpoint

-- As before, and what was said of returns.
create or replace function erase_traces(own_orders uuid[], own_attempts uuid[], own_email text) returns void language plpgsql as $$
begin
  update order_events set data = data - 'text' where order_id = any(own_orders) and data ? 'text';
  update refunds set note_to_payer = ''
    where note_to_payer <> '' and paypal_capture_id in (
      select paypal_capture_id from payment_captures where attempt_id = any(own_attempts));
  update payment_incidents set details = details - 'payerEmail' - 'shipTo',
      resolution_note = case resolution_note when '' then '' else 'erased' end
    where attempt_id = any(own_attempts) or order_id = any(own_orders) or details ->> 'payerEmail' = own_email;
  update webhook_events set body = ''
    where done_at is not null and body <> '' and received_at > now() - interval '91 days'
      and (paypal_order_id in (select paypal_order_id from payment_attempts where id = any(own_attempts))
        or paypal_capture_id in (select paypal_capture_id from payment_captures where attempt_id = any(own_attempts)));
  update credit_notes set buyer = erased_snapshot(buyer)
    where invoice_number in (select number from invoices where order_id = any(own_orders));
  update invoices set buyer = erased_snapshot(buyer) where order_id = any(own_orders);
  -- What staff have answered may name people too, and must not be empty where it says why.
  update returns set note = '', answer = case answer when '' then '' else 'erased' end
    where order_id = any(own_orders);
end $$;
