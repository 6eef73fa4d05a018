-- What foreign keys and checks cannot say about discounts: their limits, and that they follow the payment.

-- How many uses count against a discount's limits, of everybody and of one buyer.
create function discount_has_room(wanted discount_uses) returns boolean language plpgsql as $$
declare
  discount discounts;
begin
  select * into discount from discounts where id = wanted.discount_id;
  if discount.uses_max is null and discount.uses_max_per_buyer is null then
    return true;
  end if;
  -- Whoever wants one of a limited number waits here until the one before is decided.
  perform 1 from discounts where id = wanted.discount_id for no key update;
  return coalesce(discount.uses_max > (select count(*) from discount_uses
      where discount_id = wanted.discount_id and state <> 'released' and not beyond_limit), true)
    and coalesce(discount.uses_max_per_buyer > (select count(*) from discount_uses
      where discount_id = wanted.discount_id and buyer_hash = wanted.buyer_hash and state <> 'released' and not beyond_limit), true);
end $$;
--> statement-breakpoint
create function discount_uses_within_limits() returns trigger language plpgsql as $$
begin
  if not discount_has_room(new) then
    raise exception 'discount % is used up', new.discount_id
      using errcode = 'check_violation', constraint = 'discount_uses_within_limits';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger discount_uses_within_limits before insert on discount_uses
  for each row execute function discount_uses_within_limits();
--> statement-breakpoint

-- A released one whose payment turns out to have been made is used all the same: PayPal has taken that price. It counts if there
-- still is room.
create function discount_uses_come_back() returns trigger language plpgsql as $$
begin
  new.beyond_limit := not discount_has_room(new);
  return new;
end $$;
--> statement-breakpoint
create trigger discount_uses_come_back before update of state on discount_uses
  for each row when (old.state = 'released' and new.state = 'used') execute function discount_uses_come_back();
--> statement-breakpoint

-- The one place where a use is decided: with the state of its payment, in the same transaction, whoever moves it.
create function discount_uses_follow_payment() returns trigger language plpgsql as $$
begin
  if new.state = 'completed' then
    update discount_uses set state = 'used' where attempt_id = new.id and state <> 'used';
  elsif new.state in ('closed', 'refunding', 'refunded') then
    update discount_uses set state = 'released' where attempt_id = new.id and state = 'reserved';
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger discount_uses_follow_payment after update of state on payment_attempts
  for each row when (new.state <> old.state) execute function discount_uses_follow_payment();
