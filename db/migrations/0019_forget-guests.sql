-- A guest who asks to be forgotten leaves orders behind like a member who goes (0008), and traces elsewhere (0017).

create function erase_traces(own_orders uuid[], own_attempts uuid[], own_email text) returns void language plpgsql as $$
begin
  update order_events set data = data - 'text' where order_id = any(own_orders) and data ? 'text';
  update refunds set note_to_payer = ''
    where note_to_payer <> '' and paypal_capture_id in (
      select paypal_capture_id from payment_captures where attempt_id = any(own_attempts));
  update payment_incidents set details = details - 'payerEmail' - 'shipTo',
      resolution_note = case resolution_note when '' then '' else 'erased' end
    where attempt_id = any(own_attempts) or order_id = any(own_orders) or details ->> 'payerEmail' = own_email;
  update webhook_events set body = ''
    where done_at is not null and body <> '' and received_at > now() - interval '91 days'
      and (paypal_order_id in (select paypal_order_id from payment_attempts where id = any(own_attempts))
        or paypal_capture_id in (select paypal_capture_id from payment_captures where attempt_id = any(own_attempts)));
end $$;
--> statement-breakpoint

create or replace function erase_traces_of_member(member uuid, member_email text) returns void language plpgsql as $$
begin
  perform erase_traces(
    array(select id from orders where orders.member_id = member),
    array(
      select id from payment_attempts where payment_attempts.member_id = member
      union select attempt_id from orders where orders.member_id = member),
    member_email);
end $$;
--> statement-breakpoint

-- What a member has taken over is theirs.
create function erase_guest(guest text) returns void language plpgsql as $$
declare
  own_orders uuid[] := array(select id from orders where member_id is null and email = guest);
  own_attempts uuid[] := array(
    select id from payment_attempts where member_id is null and snapshot ->> 'email' = guest
      and not exists (select 1 from orders where attempt_id = payment_attempts.id and orders.member_id is not null)
    union select attempt_id from orders where id = any(own_orders));
begin
  perform erase_traces(own_orders, own_attempts, guest);
  update payment_attempts set snapshot = erased_snapshot(snapshot) where id = any(own_attempts);
  update orders set email = 'erased@erased.invalid', address_name = 'erased', address_line1 = 'erased',
    address_line2 = '', address_city = 'erased', address_postal_code = ''
    where id = any(own_orders);
end $$;
