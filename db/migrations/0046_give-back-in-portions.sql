CREATE TABLE "refund_returns" (
	"refund_id" uuid NOT NULL,
	"transaction_id" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"booked_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "refund_returns_transaction_id_refund_id_pk" PRIMARY KEY("transaction_id","refund_id"),
	CONSTRAINT "refund_returns_amount_positive" CHECK ("refund_returns"."amount_minor" > 0)
);
--> statement-breakpoint
ALTER TABLE "refunds" DROP CONSTRAINT "refunds_one_per_return";--> statement-breakpoint
ALTER TABLE "refunds" DROP CONSTRAINT "refunds_returned_was_reversal";--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "is_rest" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "returned_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "refund_returns" ADD CONSTRAINT "refund_returns_refund_id_refunds_id_fk" FOREIGN KEY ("refund_id") REFERENCES "public"."refunds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "refund_returns_by_refund" ON "refund_returns" USING btree ("refund_id");--> statement-breakpoint

-- Until now a reversal came back whole or not at all.
drop trigger refund_returns_are_booked on refunds;
--> statement-breakpoint
drop function refund_return_is_booked();
--> statement-breakpoint
insert into refund_returns (refund_id, transaction_id, amount_minor)
  select id, returned_by, amount_minor from refunds where returned_by is not null;
--> statement-breakpoint
update refunds set returned_minor = amount_minor where returned_by is not null;
--> statement-breakpoint
-- Only the rest of money without an order was sent back by the shop and for no order.
update refunds set is_rest = true where order_id is null and reason = 'merchant';
--> statement-breakpoint
ALTER TABLE "refunds" DROP COLUMN "returned_by";--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_returned_within_amount" CHECK ("refunds"."returned_minor" between 0 and "refunds"."amount_minor");--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_returned_was_reversal" CHECK ("refunds"."returned_minor" = 0 or ("refunds"."reason" in ('reversal', 'late_capture','mismatch','unfulfillable','gone_at_paypal') and "refunds"."state" = 'completed'));--> statement-breakpoint

-- What has come back of a reversal is what its rows add up to, and at commit it is in the journal.
create function refund_return_counts() returns trigger language plpgsql as $$
begin
  update refunds set returned_minor = returned_minor + new.amount_minor where id = new.refund_id;
  return null;
end $$;
--> statement-breakpoint
create trigger refund_returns_count after insert on refund_returns
  for each row execute function refund_return_counts();
--> statement-breakpoint
create trigger refund_returns_history before update or delete on refund_returns
  for each row execute function rows_are_history();
--> statement-breakpoint
create function refund_return_is_booked() returns trigger language plpgsql as $$
begin
  if (select sum(amount_minor) from refund_returns where transaction_id = new.transaction_id) is distinct from (
    select sum(p.amount_minor) from journal_entries e join journal_postings p on p.entry_id = e.id
    where e.kind = 'reversal_returned' and e.ref = new.transaction_id and p.account = 'paypal_balance'
  ) then
    raise exception 'the journal says otherwise of what came back by %', new.transaction_id using errcode = 'check_violation';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger refund_returns_are_booked
  after insert on refund_returns deferrable initially deferred
  for each row execute function refund_return_is_booked();
--> statement-breakpoint
create function refund_returned_is_sum() returns trigger language plpgsql as $$
begin
  if (select returned_minor from refunds where id = new.id)
     <> (select coalesce(sum(amount_minor), 0) from refund_returns where refund_id = new.id) then
    raise exception 'what came back of refund % is not what its returns say', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger refunds_returned_is_sum
  after insert or update of returned_minor on refunds deferrable initially deferred
  for each row execute function refund_returned_is_sum();
--> statement-breakpoint

-- As in lib/domain/payment.ts: money without an order may come again after all of it had gone.
create or replace function attempt_move_allowed(from_state text, to_state text) returns boolean language sql immutable as $$
  select case from_state
    when 'creating' then to_state in ('created', 'closed')
    when 'created' then to_state in ('capturing', 'pending', 'completed', 'closed', 'refunding')
    when 'capturing' then to_state in ('created', 'pending', 'completed', 'closed', 'refunding')
    when 'pending' then to_state in ('completed', 'closed', 'refunding')
    when 'closed' then to_state in ('completed', 'refunding')
    when 'refunding' then to_state in ('refunded', 'review')
    when 'refunded' then to_state in ('refunding', 'review')
    when 'review' then to_state in ('refunding', 'refunded')
    else false
  end
$$;
--> statement-breakpoint

-- What is for the rest sends the rest, like an automatic refund, and no more of the delivery charge than that.
create or replace function refunds_move_only_forward() returns trigger language plpgsql as $$
declare
  is_less boolean := (is_automatic_refund(new.reason) or new.is_rest) and new.amount_minor < old.amount_minor
    and new.state = 'pending' and new.send_seq = old.send_seq + 1;
begin
  if tg_op = 'DELETE' then
    raise exception 'refund % is history', old.id using errcode = 'check_violation';
  end if;
  if new.state <> old.state and not refund_move_allowed(old.state, new.state) then
    raise exception 'refund % cannot move from % to %', new.id, old.state, new.state using errcode = 'check_violation';
  end if;
  if (new.id, new.paypal_capture_id, new.order_id, new.currency, new.is_rest)
       is distinct from (old.id, old.paypal_capture_id, old.order_id, old.currency, old.is_rest)
     or (new.reason <> old.reason and (old.reason, new.reason) <> ('paypal', 'reversal'))
     or (new.amount_minor <> old.amount_minor and not is_less)
     or (new.delivery_minor <> old.delivery_minor
       and not (is_less and new.delivery_minor = least(old.delivery_minor, new.amount_minor))) then
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
create or replace function refund_delivery_fits_order() returns trigger language plpgsql as $$
begin
  -- Whatever PayPal then shows of it is written down.
  if tg_op = 'UPDATE' and not (old.state = 'failed' and new.state = 'pending') then return null; end if;
  if new.delivery_minor > 0
     and (select sum(delivery_minor) from refunds where order_id = new.order_id and state <> 'failed')
       > (select delivery_minor from orders where id = new.order_id) then
    raise exception 'the delivery charge of order % would be refunded twice', new.order_id
      using errcode = 'check_violation', constraint = 'refund_delivery_fits_order';
  end if;
  return null;
end $$;
--> statement-breakpoint
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
  select coalesce(sum(amount_minor - returned_minor) filter (where reason <> 'reversal'), 0),
         coalesce(sum(amount_minor - returned_minor) filter (where reason = 'reversal'), 0)
    into refunded, reversed from refunds
    where paypal_capture_id = new.paypal_capture_id and state <> 'failed';
  if tg_op = 'UPDATE' then is_decision := is_decision and old.state = 'failed' and new.state = 'pending'; end if;
  if refunded > captured.amount_minor or reversed > captured.amount_minor
     or (is_decision and refunded + reversed > captured.amount_minor) then
    raise exception 'capture % would be refunded beyond its amount', new.paypal_capture_id
      using errcode = 'check_violation', constraint = 'refunds_stay_within_capture';
  end if;
  return null;
end $$;
--> statement-breakpoint

-- Pieces that a failed refund was to put back go back with the refund that took its money.
create function refund_items_are_history() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and (select state from refunds where id = old.refund_id) = 'failed' then return old; end if;
  raise exception '% rows are history', tg_table_name using errcode = 'check_violation';
end $$;
--> statement-breakpoint
drop trigger refund_items_history on refund_items;
--> statement-breakpoint
create trigger refund_items_history before update or delete on refund_items
  for each row execute function refund_items_are_history();
