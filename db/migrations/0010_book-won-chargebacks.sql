ALTER TABLE "journal_entries" DROP CONSTRAINT "journal_entries_kind_known";--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "returned_by" text;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_one_per_return" UNIQUE("returned_by");--> statement-breakpoint
ALTER TABLE "journal_entries" ADD CONSTRAINT "journal_entries_kind_known" CHECK ("journal_entries"."kind" in ('capture','fee','refund','reversal','reversal_returned'));--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_returned_was_reversal" CHECK ("refunds"."returned_by" is null or ("refunds"."reason" = 'reversal' and "refunds"."state" = 'completed'));--> statement-breakpoint

-- What a bank took and has given back does not count as refunded.
create or replace function refunds_stay_within_capture() returns trigger language plpgsql as $$
declare
  captured payment_captures;
begin
  select * into captured from payment_captures where paypal_capture_id = new.paypal_capture_id for update;
  if new.currency <> captured.currency then
    raise exception 'refund % is in another currency than its capture', new.id using errcode = 'check_violation';
  end if;
  if (select coalesce(sum(amount_minor), 0) from refunds
      where paypal_capture_id = new.paypal_capture_id and state <> 'failed' and returned_by is null) > captured.amount_minor then
    raise exception 'capture % would be refunded beyond its amount', new.paypal_capture_id
      using errcode = 'check_violation', constraint = 'refunds_stay_within_capture';
  end if;
  return null;
end $$;
--> statement-breakpoint

-- It comes back once, and at commit that is in the books.
create function refund_return_is_booked() returns trigger language plpgsql as $$
begin
  if new.returned_by is not distinct from old.returned_by then return null; end if;
  if old.returned_by is not null then
    raise exception 'refund % has come back already', new.id using errcode = 'check_violation';
  end if;
  if not exists (select 1 from journal_entries where kind = 'reversal_returned' and ref = new.returned_by) then
    raise exception 'the return of refund % is not in the journal', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger refund_returns_are_booked
  after update of returned_by on refunds deferrable initially deferred
  for each row execute function refund_return_is_booked();
