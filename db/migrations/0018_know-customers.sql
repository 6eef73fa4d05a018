CREATE TABLE "customer_notes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "customer_notes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"member_id" uuid,
	"email" text,
	"text" text NOT NULL,
	"author_email" text NOT NULL,
	"written_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "customer_notes_about_one" CHECK (("customer_notes"."member_id" is null) <> ("customer_notes"."email" is null))
);
--> statement-breakpoint
DROP INDEX "orders_of_guest_email";--> statement-breakpoint
ALTER TABLE "customer_notes" ADD CONSTRAINT "customer_notes_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "customer_notes_of_member" ON "customer_notes" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "customer_notes_of_guest" ON "customer_notes" USING btree ("email");--> statement-breakpoint
CREATE INDEX "members_newest" ON "members" USING btree ("created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "members_by_email" ON "members" USING btree ("email" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "members_by_name" ON "members" USING btree (lower("name") text_pattern_ops);--> statement-breakpoint
CREATE INDEX "payment_attempts_of_member" ON "payment_attempts" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "payment_attempts_of_guest_email" ON "payment_attempts" USING btree (("snapshot" ->> 'email')) WHERE member_id is null;--> statement-breakpoint
CREATE INDEX "orders_of_guest_email" ON "orders" USING btree ("email" text_pattern_ops,"placed_at" DESC NULLS FIRST) WHERE member_id is null;