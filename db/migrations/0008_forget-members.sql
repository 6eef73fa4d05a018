-- An account that ends leaves its orders behind, because the law asks for the books; but not who it was.

-- What stays of a frozen cart: all that a tax office may ask for. The country and its region decide the tax.
create function erased_snapshot(snapshot jsonb) returns jsonb language sql immutable as $$
  select snapshot
    || jsonb_build_object('email', 'erased@erased.invalid')
    || jsonb_build_object('address', (snapshot -> 'address')
      || '{"name": "erased", "line1": "erased", "line2": "", "city": "erased", "postalCode": ""}')
$$;
--> statement-breakpoint

-- As before, save that a frozen cart may be erased once nothing is under way.
create or replace function attempt_moves_only_forward() returns trigger language plpgsql as $$
begin
  if new.state <> old.state and not attempt_move_allowed(old.state, new.state) then
    raise exception 'attempt % cannot move from % to %', new.id, old.state, new.state using errcode = 'check_violation';
  end if;
  if (new.id, new.cart_id, new.buyer_key_hash, new.amount_minor, new.currency, new.fingerprint)
     is distinct from
     (old.id, old.cart_id, old.buyer_key_hash, old.amount_minor, old.currency, old.fingerprint)
     or (new.snapshot is distinct from old.snapshot
       and (new.snapshot is distinct from erased_snapshot(old.snapshot)
         or old.state in ('creating', 'created', 'capturing', 'pending', 'refunding'))) then
    raise exception 'what attempt % is for cannot change', new.id using errcode = 'check_violation';
  end if;
  new.updated_at := now();
  return new;
end $$;
--> statement-breakpoint

create function erase_orders_of_member(member uuid) returns void language plpgsql as $$
begin
  update payment_attempts set snapshot = erased_snapshot(snapshot)
    where payment_attempts.member_id = member
      or id in (select attempt_id from orders where orders.member_id = member);
  update orders set email = 'erased@erased.invalid', address_name = 'erased', address_line1 = 'erased',
    address_line2 = '', address_city = 'erased', address_postal_code = ''
    where orders.member_id = member;
end $$;
