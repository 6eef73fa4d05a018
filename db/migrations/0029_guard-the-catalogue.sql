-- What foreign keys and checks cannot say about the tree of categories.

-- No category is below itself, and none is so deep that no address leads to it (CATEGORY_DEPTH_MAX of lib/domain/catalog-path.ts).
-- The lock makes two moves at once wait for each other: each alone may be right, and both together a ring.
create function categories_form_a_tree() returns trigger language plpgsql as $$
declare
  above integer := new.parent_id;
  depth integer := 1;
  below integer;
begin
  perform pg_advisory_xact_lock(7301002);
  while above is not null loop
    depth := depth + 1;
    if above = new.id or depth > 100 then
      raise exception 'category % would be below itself', new.id
        using errcode = 'check_violation', constraint = 'categories_form_a_tree';
    end if;
    select parent_id into above from categories where id = above;
  end loop;
  with recursive tree (id, level) as (
    select new.id, 0
    union all
    select child.id, tree.level + 1 from tree join categories child on child.parent_id = tree.id where tree.level < 100
  )
  select max(level) into below from tree;
  if depth + below > 4 then
    raise exception 'category % would be too deep', new.id
      using errcode = 'check_violation', constraint = 'categories_are_reachable';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger categories_form_a_tree before insert or update of parent_id on categories
  for each row execute function categories_form_a_tree();
--> statement-breakpoint

-- A variant stays with its product, and sells in the shop's one currency.
create function variants_stay_with_their_product() returns trigger language plpgsql as $$
begin
  if new.product_id <> old.product_id then
    raise exception 'variant % belongs to product %', new.id, old.product_id
      using errcode = 'check_violation', constraint = 'variants_stay_with_their_product';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger variants_stay_with_their_product before update of product_id on variants
  for each row execute function variants_stay_with_their_product();
--> statement-breakpoint

-- Every change of what is on the shelf leaves a movement, now with who made it and what they wrote beside it.
create or replace function record_stock_movement() returns trigger language plpgsql as $$
declare
  moved integer := new.on_hand - case tg_op when 'INSERT' then 0 else old.on_hand end;
  fallback text := case tg_op when 'INSERT' then 'initial' else 'adjustment' end;
begin
  if moved <> 0 then
    insert into stock_movements (variant_id, quantity, reason, ref, note, actor_email) values (
      new.variant_id, moved,
      coalesce(nullif(current_setting('cartwright.stock_reason', true), ''), fallback),
      nullif(current_setting('cartwright.stock_ref', true), ''),
      nullif(current_setting('cartwright.stock_note', true), ''),
      nullif(current_setting('cartwright.stock_actor', true), ''));
  end if;
  return null;
end $$;
--> statement-breakpoint

-- Pictures pass each other while they are put in another order: their places are looked at when all of it is done.
alter table product_images drop constraint product_images_one_per_position;
--> statement-breakpoint
alter table product_images add constraint product_images_one_per_position unique (product_id, position)
  deferrable initially deferred;
