CREATE TABLE "adopted_carts" (
	"cart_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"items" jsonb NOT NULL,
	"adopted_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "adopted_carts_cart_id_member_id_pk" PRIMARY KEY("cart_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "member_former_emails" (
	"member_id" uuid NOT NULL,
	"email" text NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "member_former_emails_member_id_email_pk" PRIMARY KEY("member_id","email")
);
--> statement-breakpoint
ALTER TABLE "adopted_carts" ADD CONSTRAINT "adopted_carts_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member_former_emails" ADD CONSTRAINT "member_former_emails_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "adopted_carts_of_member" ON "adopted_carts" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "adopted_carts_oldest" ON "adopted_carts" USING btree ("adopted_at");--> statement-breakpoint

-- A payment that a member began before they had an account, and that became nothing, is theirs to have forgotten. What is under way
-- keeps its name until it is settled; what is left of it then is erased with the abandoned ones.
create function erase_settled_attempts_of_guest(guest text) returns void language plpgsql as $$
declare
  own_attempts uuid[] := array(
    select id from payment_attempts where member_id is null and snapshot ->> 'email' = guest
      and state not in ('creating', 'created', 'capturing', 'pending', 'refunding')
      and not (state = 'closed' and next_action_at is not null)
      and not exists (select 1 from orders where attempt_id = payment_attempts.id));
begin
  perform erase_traces(array[]::uuid[], own_attempts, guest);
  update payment_attempts set snapshot = erased_snapshot(snapshot) where id = any(own_attempts);
end $$;
