DROP INDEX "order_items_by_sku";--> statement-breakpoint
ALTER TABLE "order_items" ADD COLUMN "placed_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint

-- What was bought before: its time is that of its order, which is history as well.
alter table order_items disable trigger order_items_history;
--> statement-breakpoint
update order_items i set placed_at = o.placed_at from orders o where o.id = i.order_id;
--> statement-breakpoint
alter table order_items enable trigger order_items_history;
--> statement-breakpoint
create function order_items_are_placed_with_their_order() returns trigger language plpgsql as $$
begin
  new.placed_at := coalesce((select placed_at from orders where id = new.order_id), new.placed_at);
  return new;
end $$;
--> statement-breakpoint
create trigger order_items_are_placed_with_their_order before insert on order_items
  for each row execute function order_items_are_placed_with_their_order();
--> statement-breakpoint
CREATE INDEX "orders_of_day_by_email" ON "orders" USING btree ((("placed_at" at time zone 'UTC')::date),"email" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "orders_of_day_by_name" ON "orders" USING btree ((("placed_at" at time zone 'UTC')::date),lower("address_name") text_pattern_ops);--> statement-breakpoint
CREATE INDEX "orders_of_day_by_family_name" ON "orders" USING btree ((("placed_at" at time zone 'UTC')::date),lower(regexp_replace("address_name", '^.* ', '')) text_pattern_ops);--> statement-breakpoint
CREATE INDEX "order_items_by_sku" ON "order_items" USING btree (lower("sku"),"placed_at","order_id");