ALTER TABLE "payment_attempts" ADD COLUMN "state_since" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD COLUMN "asked_as" jsonb;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD COLUMN "pending_capture_id" text;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD COLUMN "failing_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "state_since" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
CREATE INDEX "payment_attempts_due_first" ON "payment_attempts" USING btree ("next_action_at") WHERE next_action_at is not null and state <> 'closed';--> statement-breakpoint

-- Since when something is as it is: what does not end is known by that, not by when it began.
create function note_state_since() returns trigger language plpgsql as $$
begin
  new.state_since := now();
  return new;
end $$;
--> statement-breakpoint
create trigger payment_attempts_state_since before update of state on payment_attempts
  for each row when (new.state is distinct from old.state) execute function note_state_since();
--> statement-breakpoint
create trigger refunds_state_since before update of state on refunds
  for each row when (new.state is distinct from old.state) execute function note_state_since();
