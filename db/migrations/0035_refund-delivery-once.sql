ALTER TABLE "refunds" ADD COLUMN "delivery_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_delivery_within_amount" CHECK ("refunds"."delivery_minor" between 0 and "refunds"."amount_minor");--> statement-breakpoint

-- The first refund of an order that was for more than its lines was for the delivery charge too.
update refunds r set delivery_minor = least(o.delivery_minor, r.amount_minor - first.items_minor)
from orders o, (
  select distinct on (f.order_id) f.id, f.order_id, i.minor as items_minor
  from refunds f join (select refund_id, sum(amount_minor) as minor from refund_items group by refund_id) i on i.refund_id = f.id
  where f.state <> 'failed' and f.amount_minor > i.minor
  order by f.order_id, f.created_at, f.id
) first
where first.id = r.id and o.id = first.order_id;
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
