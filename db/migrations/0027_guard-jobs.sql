-- What foreign keys and checks cannot say about acts on many orders.

-- A row is done once, in a job that was started; what it was for stays.
create function bulk_rows_are_done_once() returns trigger language plpgsql as $$
begin
  if (new.job_id, new.position, new.order_number, new.carrier, new.tracking_number, new.shipment_id)
     is distinct from
     (old.job_id, old.position, old.order_number, old.carrier, old.tracking_number, old.shipment_id) then
    raise exception 'what row % of job % is for cannot change', old.position, old.job_id using errcode = 'check_violation';
  end if;
  if old.state <> 'ready' or new.state not in ('done', 'failed')
     or not exists (select 1 from bulk_jobs where id = new.job_id and started_at is not null and finished_at is null) then
    raise exception 'row % of job % cannot move from % to %', old.position, old.job_id, old.state, new.state
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger bulk_rows_are_done_once before update on bulk_rows
  for each row execute function bulk_rows_are_done_once();
--> statement-breakpoint

-- A job ends once none of its rows is left.
create function bulk_jobs_end_with_their_rows() returns trigger language plpgsql as $$
begin
  if new.finished_at is not null and exists (select 1 from bulk_rows where job_id = new.id and state = 'ready') then
    raise exception 'job % has rows left', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger bulk_jobs_end_with_their_rows before insert or update on bulk_jobs
  for each row execute function bulk_jobs_end_with_their_rows();
