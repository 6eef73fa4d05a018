-- Who began a payment is erased once nothing can come of it any more, and what is erased is never made an order of.

update payment_attempts set erased_at = updated_at where snapshot ->> 'email' = 'erased@erased.invalid';
--> statement-breakpoint

-- As before (0008), save that it is written down when a frozen cart was erased, and that nothing is sent to nobody.
create or replace function attempt_moves_only_forward() returns trigger language plpgsql as $$
begin
  if new.state <> old.state and not attempt_move_allowed(old.state, new.state) then
    raise exception 'attempt % cannot move from % to %', new.id, old.state, new.state using errcode = 'check_violation';
  end if;
  if new.state = 'completed' and old.state <> 'completed' and old.erased_at is not null then
    raise exception 'attempt % is erased: nobody knows where its order would go', new.id using errcode = 'check_violation';
  end if;
  if (new.id, new.cart_id, new.buyer_key_hash, new.amount_minor, new.currency, new.fingerprint)
     is distinct from
     (old.id, old.cart_id, old.buyer_key_hash, old.amount_minor, old.currency, old.fingerprint)
     or (new.snapshot is distinct from old.snapshot
       and (new.snapshot is distinct from erased_snapshot(old.snapshot)
         or old.state in ('creating', 'created', 'capturing', 'pending', 'refunding'))) then
    raise exception 'what attempt % is for cannot change', new.id using errcode = 'check_violation';
  end if;
  new.erased_at := case when new.snapshot is distinct from old.snapshot then now() else old.erased_at end;
  new.updated_at := now();
  return new;
end $$;
--> statement-breakpoint

-- What staff have written about an order may name people. It can be taken out, and nothing else of what happened.
create function order_events_are_history() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.data = old.data - 'text'
     and (new.id, new.order_id, new.at, new.kind, new.actor_email)
       is not distinct from (old.id, old.order_id, old.at, old.kind, old.actor_email) then
    return new;
  end if;
  raise exception '% rows are history', tg_table_name using errcode = 'check_violation';
end $$;
--> statement-breakpoint
drop trigger order_events_history on order_events;
--> statement-breakpoint
create trigger order_events_history before update or delete on order_events
  for each row execute function order_events_are_history();
--> statement-breakpoint

-- What is told of a member elsewhere than in their orders, before those are erased (0008). An incident keeps what decides it:
-- ids and amounts. Bodies of events are empty after three months anyway.
create function erase_traces_of_member(member uuid, member_email text) returns void language plpgsql as $$
declare
  own_orders uuid[] := array(select id from orders where orders.member_id = member);
  own_attempts uuid[] := array(
    select id from payment_attempts where payment_attempts.member_id = member
    union select attempt_id from orders where orders.member_id = member);
begin
  update order_events set data = data - 'text' where order_id = any(own_orders) and data ? 'text';
  update refunds set note_to_payer = ''
    where note_to_payer <> '' and paypal_capture_id in (
      select paypal_capture_id from payment_captures where attempt_id = any(own_attempts));
  update payment_incidents set details = details - 'payerEmail' - 'shipTo',
      resolution_note = case resolution_note when '' then '' else 'erased' end
    where attempt_id = any(own_attempts) or order_id = any(own_orders) or details ->> 'payerEmail' = member_email;
  update webhook_events set body = ''
    where done_at is not null and body <> '' and received_at > now() - interval '91 days'
      and (paypal_order_id in (select paypal_order_id from payment_attempts where id = any(own_attempts))
        or paypal_capture_id in (select paypal_capture_id from payment_captures where attempt_id = any(own_attempts)));
end $$;
