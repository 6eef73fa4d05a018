-- Numbers without gaps, and papers that stay as they were given.

insert into paper_series (series) values ('invoice'), ('credit_note');
--> statement-breakpoint

-- The insert of a paper moves its series by one, and its number must be just that. Whoever inserts at the same time waits for the
-- series' row; a transaction that fails takes its step back.
create function papers_follow_each_other() returns trigger language plpgsql as $$
declare
  following integer;
begin
  update paper_series set last = last + 1 where series = tg_argv[0] returning last into following;
  if new.number is distinct from following then
    raise exception '% % does not follow %', tg_argv[0], new.number, following - 1
      using errcode = 'check_violation', constraint = 'papers_follow_each_other';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger invoices_follow_each_other before insert on invoices
  for each row execute function papers_follow_each_other('invoice');
--> statement-breakpoint
create trigger credit_notes_follow_each_other before insert on credit_notes
  for each row execute function papers_follow_each_other('credit_note');
--> statement-breakpoint

-- Nothing else moves a series: a step by hand would be a gap.
create function paper_series_move_with_papers() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    raise exception 'a series moves with its papers alone'
      using errcode = 'check_violation', constraint = 'paper_series_move_with_papers';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger paper_series_move_with_papers before insert or update or delete on paper_series
  for each row execute function paper_series_move_with_papers();
--> statement-breakpoint
create trigger paper_series_stay before truncate on paper_series
  for each statement execute function rows_are_history();
--> statement-breakpoint

-- A paper is history, save that its buyer is erased with an account (0008).
create function papers_are_history() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.buyer = erased_snapshot(old.buyer)
     and to_jsonb(new) - 'buyer' = to_jsonb(old) - 'buyer' then
    return new;
  end if;
  raise exception '% rows are history', tg_table_name using errcode = 'check_violation';
end $$;
--> statement-breakpoint
create trigger invoices_history before update or delete on invoices
  for each row execute function papers_are_history();
--> statement-breakpoint
create trigger invoices_stay before truncate on invoices
  for each statement execute function rows_are_history();
--> statement-breakpoint
create trigger credit_notes_history before update or delete on credit_notes
  for each row execute function papers_are_history();
--> statement-breakpoint
create trigger credit_notes_stay before truncate on credit_notes
  for each statement execute function rows_are_history();
--> statement-breakpoint

-- A credit note is about a refund of the order that its invoice is of.
create function credit_notes_fit_their_invoice() returns trigger language plpgsql as $$
begin
  if not exists (
    select 1 from invoices i join refunds r on r.order_id = i.order_id
    where i.number = new.invoice_number and r.id = new.refund_id and r.state = 'completed') then
    raise exception 'credit note % is about a refund of another order', new.number using errcode = 'check_violation';
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger credit_notes_fit_their_invoice after insert on credit_notes
  for each row execute function credit_notes_fit_their_invoice();
--> statement-breakpoint

-- Every order waits for an invoice from its first moment, and every refund that the shop has decided for a credit note once its
-- money has gone. What a bank has taken back changes no price: it is no reason for one.
create function orders_want_an_invoice() returns trigger language plpgsql as $$
begin
  insert into papers_due (order_id) values (new.id);
  return null;
end $$;
--> statement-breakpoint
create trigger orders_want_an_invoice after insert on orders
  for each row execute function orders_want_an_invoice();
--> statement-breakpoint
create function refunds_want_a_credit_note() returns trigger language plpgsql as $$
begin
  insert into papers_due (refund_id) values (new.id) on conflict do nothing;
  return null;
end $$;
--> statement-breakpoint
create trigger refunds_want_a_credit_note after insert or update of state on refunds
  for each row when (new.state = 'completed' and new.order_id is not null and new.reason in ('merchant', 'paypal'))
  execute function refunds_want_a_credit_note();
--> statement-breakpoint

-- What was sold before there were invoices, the oldest first.
insert into papers_due (order_id) select id from orders order by placed_at, id;
--> statement-breakpoint
insert into papers_due (refund_id) select id from refunds
  where state = 'completed' and order_id is not null and reason in ('merchant', 'paypal') order by completed_at, id;
--> statement-breakpoint

-- As before (0019), and papers too.
create or replace function erase_traces(own_orders uuid[], own_attempts uuid[], own_email text) returns void language plpgsql as $$
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
  update credit_notes set buyer = erased_snapshot(buyer)
    where invoice_number in (select number from invoices where order_id = any(own_orders));
  update invoices set buyer = erased_snapshot(buyer) where order_id = any(own_orders);
end $$;
