DROP INDEX "order_items_by_sku";--> statement-breakpoint
CREATE INDEX "members_by_family_name" ON "members" USING btree (lower(regexp_replace("name", '^.* ', '')) text_pattern_ops);--> statement-breakpoint
CREATE INDEX "orders_by_family_name" ON "orders" USING btree (lower(regexp_replace("address_name", '^.* ', '')) text_pattern_ops);--> statement-breakpoint
CREATE INDEX "papers_due_in_trouble" ON "papers_due" USING btree ("last_issue") WHERE last_issue is not null;--> statement-breakpoint
CREATE INDEX "order_items_by_sku" ON "order_items" USING btree (lower("sku"));--> statement-breakpoint

-- What is partly shipped is shipped when nothing of it is left to send: what was not sent was refunded (leftToShip of
-- lib/domain/fulfilment.ts). At commit, because the last parcel is written after the move that it makes.
create function orders_shipped_with_nothing_left() returns trigger language plpgsql as $$
begin
  if exists (
    select 1 from order_items i
    where i.order_id = new.id and i.quantity
      > (select coalesce(sum(s.quantity), 0) from shipment_items s where s.order_id = i.order_id and s.position = i.position)
      + (select coalesce(sum(f.quantity), 0) from refund_items f join refunds r on r.id = f.refund_id
         where f.order_id = i.order_id and f.position = i.position and r.state <> 'failed'
           and not exists (select 1 from returns where refund_id = r.id))
  ) then
    raise exception 'order % is not all sent', new.order_number
      using errcode = 'check_violation', constraint = 'orders_shipped_with_nothing_left';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger orders_shipped_with_nothing_left after update of state on orders
  deferrable initially deferred for each row
  when (old.state = 'partly_shipped' and new.state = 'shipped') execute function orders_shipped_with_nothing_left();
