ALTER TABLE "refunds" ADD COLUMN "delivery_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_delivery_within_amount" CHECK ("refunds"."delivery_minor" between 0 and "refunds"."amount_minor");--> statement-breakpoint

-- Of refunds by line, what is not the lines' is the delivery charge.
update refunds r set delivery_minor = least(o.delivery_minor, greatest(r.amount_minor - i.minor, 0))
from orders o, (select refund_id, sum(amount_minor) as minor from refund_items group by refund_id) i
where o.id = r.order_id and i.refund_id = r.id
  and not exists (
    select 1 from refunds earlier join refund_items e on e.refund_id = earlier.id
    where earlier.order_id = r.order_id and earlier.state <> 'failed' and earlier.created_at < r.created_at
  );
--> statement-breakpoint

-- It goes back once.
create function refund_delivery_fits_order() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.delivery_minor <> old.delivery_minor then
    raise exception 'what refund % is for cannot change', new.id using errcode = 'check_violation';
  end if;
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
create trigger refund_delivery_fits_order after insert or update of delivery_minor, state on refunds
  for each row execute function refund_delivery_fits_order();
