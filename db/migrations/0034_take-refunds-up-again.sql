ALTER TABLE "refunds" ADD COLUMN "send_seq" integer DEFAULT 0 NOT NULL;--> statement-breakpoint

-- An automatic refund of which somebody has given back part elsewhere sends the rest, as another request. What was taken for a
-- refund made at PayPal can turn out to be what a bank took.
create or replace function refunds_move_only_forward() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'refund % is history', old.id using errcode = 'check_violation';
  end if;
  if new.state <> old.state and not refund_move_allowed(old.state, new.state) then
    raise exception 'refund % cannot move from % to %', new.id, old.state, new.state using errcode = 'check_violation';
  end if;
  if (new.id, new.paypal_capture_id, new.order_id, new.currency)
       is distinct from (old.id, old.paypal_capture_id, old.order_id, old.currency)
     or (new.reason <> old.reason and (old.reason, new.reason) <> ('paypal', 'reversal'))
     or (new.amount_minor <> old.amount_minor and not (
       is_automatic_refund(new.reason) and new.amount_minor < old.amount_minor
       and new.state = 'pending' and new.send_seq = old.send_seq + 1)) then
    raise exception 'what refund % is for cannot change', new.id using errcode = 'check_violation';
  end if;
  if new.send_seq <> old.send_seq and (new.send_seq <> old.send_seq + 1 or new.state <> 'pending') then
    raise exception 'refund % was not taken up again', new.id using errcode = 'check_violation';
  end if;
  if old.state = 'failed' and new.state = 'pending' and (new.send_seq = old.send_seq or new.paypal_refund_id is not null) then
    raise exception 'refund % would repeat a request that PayPal has refused', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
--> statement-breakpoint

-- What we decide to give back is at most what is left. What PayPal shows has happened: refunds among themselves, and what banks
-- took among itself, are never more than was captured, but a bank takes all of it also after part was given back.
create or replace function refunds_stay_within_capture() returns trigger language plpgsql as $$
declare
  captured payment_captures;
  refunded bigint;
  reversed bigint;
  is_decision boolean := new.reason not in ('paypal', 'reversal') and new.state <> 'failed';
begin
  select * into captured from payment_captures where paypal_capture_id = new.paypal_capture_id for update;
  if new.currency <> captured.currency then
    raise exception 'refund % is in another currency than its capture', new.id using errcode = 'check_violation';
  end if;
  select coalesce(sum(amount_minor) filter (where reason <> 'reversal'), 0),
         coalesce(sum(amount_minor) filter (where reason = 'reversal'), 0)
    into refunded, reversed from refunds
    where paypal_capture_id = new.paypal_capture_id and state <> 'failed' and returned_by is null;
  if tg_op = 'UPDATE' then is_decision := is_decision and old.state = 'failed' and new.state = 'pending'; end if;
  if refunded > captured.amount_minor or reversed > captured.amount_minor
     or (is_decision and refunded + reversed > captured.amount_minor) then
    raise exception 'capture % would be refunded beyond its amount', new.paypal_capture_id
      using errcode = 'check_violation', constraint = 'refunds_stay_within_capture';
  end if;
  return null;
end $$;
--> statement-breakpoint
drop trigger refunds_stay_within_capture on refunds;
--> statement-breakpoint
create trigger refunds_stay_within_capture
  after insert or update of state, amount_minor, currency, paypal_capture_id, reason on refunds
  for each row execute function refunds_stay_within_capture();
--> statement-breakpoint

-- Also when a refund that had failed is taken up again.
create function refund_items_fit_again() returns trigger language plpgsql as $$
declare
  item refund_items;
begin
  for item in select * from refund_items where refund_id = new.id order by position loop
    perform 1 from order_items where order_id = item.order_id and position = item.position for update;
    if (select sum(i.quantity) from refund_items i join refunds r on r.id = i.refund_id
        where i.order_id = item.order_id and i.position = item.position and r.state <> 'failed')
       > (select quantity from order_items where order_id = item.order_id and position = item.position) then
      raise exception 'item % of order % would be refunded more often than it was bought', item.position, item.order_id
        using errcode = 'check_violation', constraint = 'refund_items_stay_within_order';
    end if;
  end loop;
  return null;
end $$;
--> statement-breakpoint
create trigger refund_items_fit_again after update of state on refunds
  for each row when (old.state = 'failed' and new.state = 'pending') execute function refund_items_fit_again();
