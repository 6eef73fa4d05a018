CREATE TABLE "disputes" (
	"id" text PRIMARY KEY NOT NULL,
	"paypal_capture_id" text,
	"order_id" uuid,
	"reason" text NOT NULL,
	"status" text NOT NULL,
	"stage" text,
	"outcome" text,
	"amount_minor" bigint,
	"currency" char(3),
	"seller_response_due_at" timestamp with time zone,
	"opened_at" timestamp with time zone NOT NULL,
	"resolved_at" timestamp with time zone,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "disputes_resolved_has_time" CHECK (("disputes"."status" = 'RESOLVED') = ("disputes"."resolved_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "order_holds" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"order_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"ref" text NOT NULL,
	"placed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"released_at" timestamp with time zone,
	CONSTRAINT "order_holds_one_per_cause" UNIQUE("order_id","kind","ref"),
	CONSTRAINT "order_holds_kind_known" CHECK ("order_holds"."kind" in ('dispute','reversal','manual'))
);
--> statement-breakpoint
CREATE TABLE "invariant_checks" (
	"invariant" text PRIMARY KEY NOT NULL,
	"rows_seen" bigint NOT NULL,
	"violations" integer NOT NULL,
	"checked_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payment_incidents" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"paypal_capture_id" text,
	"paypal_order_id" text,
	"attempt_id" uuid,
	"order_id" uuid,
	"amount_minor" bigint,
	"currency" char(3),
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"resolution" text,
	"resolution_note" text DEFAULT '' NOT NULL,
	"resolved_by" text,
	"resolved_at" timestamp with time zone,
	CONSTRAINT "payment_incidents_one_per_finding" UNIQUE("key"),
	CONSTRAINT "payment_incidents_kind_known" CHECK ("payment_incidents"."kind" in ('money_without_order','order_without_money','amount_differs','refund_refused','refund_unmatched','dispute_unmatched','invariant_violated','stuck')),
	CONSTRAINT "payment_incidents_resolution_known" CHECK ("payment_incidents"."resolution" is null or "payment_incidents"."resolution" in ('adopted','refunded','linked','ignored','settled')),
	CONSTRAINT "payment_incidents_resolved_by_somebody" CHECK (("payment_incidents"."resolution" is null) = ("payment_incidents"."resolved_at" is null) and ("payment_incidents"."resolution" is null) = ("payment_incidents"."resolved_by" is null)),
	CONSTRAINT "payment_incidents_ignored_has_reason" CHECK ("payment_incidents"."resolution" is distinct from 'ignored' or length("payment_incidents"."resolution_note") > 0)
);
--> statement-breakpoint
CREATE TABLE "reconciliation_runs" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"span_from" timestamp with time zone NOT NULL,
	"span_to" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"transactions_seen" integer DEFAULT 0 NOT NULL,
	"rows_seen" integer DEFAULT 0 NOT NULL,
	"repaired" integer DEFAULT 0 NOT NULL,
	"incidents_raised" integer DEFAULT 0 NOT NULL,
	"failure" text
);
--> statement-breakpoint
CREATE TABLE "journal_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "journal_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"ref" text NOT NULL,
	"booked_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "journal_entries_booked_once" UNIQUE("kind","ref"),
	CONSTRAINT "journal_entries_kind_known" CHECK ("journal_entries"."kind" in ('capture','fee','refund','reversal'))
);
--> statement-breakpoint
CREATE TABLE "journal_postings" (
	"entry_id" bigint NOT NULL,
	"account" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	CONSTRAINT "journal_postings_entry_id_account_currency_pk" PRIMARY KEY("entry_id","account","currency"),
	CONSTRAINT "journal_postings_account_known" CHECK ("journal_postings"."account" in ('paypal_balance','sales','sales_tax','delivery','refunds','reversals','paypal_fees','buyers_owed')),
	CONSTRAINT "journal_postings_not_zero" CHECK ("journal_postings"."amount_minor" <> 0)
);
--> statement-breakpoint
CREATE TABLE "refund_items" (
	"refund_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"quantity" integer NOT NULL,
	"amount_minor" bigint NOT NULL,
	"restock" boolean NOT NULL,
	CONSTRAINT "refund_items_refund_id_position_pk" PRIMARY KEY("refund_id","position"),
	CONSTRAINT "refund_items_quantity_positive" CHECK ("refund_items"."quantity" > 0),
	CONSTRAINT "refund_items_amount_not_negative" CHECK ("refund_items"."amount_minor" >= 0)
);
--> statement-breakpoint
CREATE TABLE "stock_movements" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "stock_movements_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"variant_id" integer NOT NULL,
	"quantity" integer NOT NULL,
	"reason" text NOT NULL,
	"ref" text,
	"moved_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "stock_movements_not_zero" CHECK ("stock_movements"."quantity" <> 0),
	CONSTRAINT "stock_movements_reason_known" CHECK ("stock_movements"."reason" in ('initial','sale','restock','adjustment','import'))
);
--> statement-breakpoint
CREATE TABLE "webhook_events" (
	"id" text PRIMARY KEY NOT NULL,
	"event_type" text NOT NULL,
	"resource_id" text,
	"paypal_order_id" text,
	"paypal_capture_id" text,
	"body" text NOT NULL,
	"transmitted_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_action_at" timestamp with time zone,
	"last_issue" text,
	CONSTRAINT "webhook_events_undone_is_scheduled" CHECK ("webhook_events"."done_at" is not null or "webhook_events"."next_action_at" is not null)
);
--> statement-breakpoint
ALTER TABLE "refunds" DROP CONSTRAINT "refunds_completed_has_paypal_refund";--> statement-breakpoint
ALTER TABLE "refunds" DROP CONSTRAINT "refunds_state_known";--> statement-breakpoint
ALTER TABLE "refunds" DROP CONSTRAINT "refunds_reason_known";--> statement-breakpoint
ALTER TABLE "refunds" DROP CONSTRAINT "refunds_unfinished_is_scheduled";--> statement-breakpoint
DROP INDEX "refunds_one_automatic_per_capture";--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "order_id" uuid;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "note_to_payer" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "completed_at" timestamp with time zone;--> statement-breakpoint
UPDATE "refunds" SET "completed_at" = now() WHERE "state" = 'completed';--> statement-breakpoint
UPDATE "refunds" SET "state" = 'failed' WHERE "state" = 'manual';--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_holds" ADD CONSTRAINT "order_holds_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_incidents" ADD CONSTRAINT "payment_incidents_attempt_id_payment_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."payment_attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_incidents" ADD CONSTRAINT "payment_incidents_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journal_postings" ADD CONSTRAINT "journal_postings_entry_id_journal_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."journal_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_items" ADD CONSTRAINT "refund_items_refund_id_refunds_id_fk" FOREIGN KEY ("refund_id") REFERENCES "public"."refunds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_items" ADD CONSTRAINT "refund_items_of_order" FOREIGN KEY ("order_id","position") REFERENCES "public"."order_items"("order_id","position") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "disputes_by_order" ON "disputes" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "disputes_by_deadline" ON "disputes" USING btree ("seller_response_due_at") WHERE status <> 'RESOLVED';--> statement-breakpoint
CREATE UNIQUE INDEX "order_holds_open" ON "order_holds" USING btree ("order_id","kind","ref") WHERE released_at is null;--> statement-breakpoint
CREATE INDEX "payment_incidents_open" ON "payment_incidents" USING btree ("opened_at" DESC NULLS LAST) WHERE resolved_at is null;--> statement-breakpoint
CREATE INDEX "journal_entries_newest" ON "journal_entries" USING btree ("booked_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "journal_postings_by_account" ON "journal_postings" USING btree ("account","currency");--> statement-breakpoint
CREATE INDEX "refund_items_by_order" ON "refund_items" USING btree ("order_id","position");--> statement-breakpoint
CREATE INDEX "stock_movements_by_variant" ON "stock_movements" USING btree ("variant_id","id");--> statement-breakpoint
CREATE INDEX "webhook_events_newest" ON "webhook_events" USING btree ("received_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "webhook_events_due" ON "webhook_events" USING btree ("next_action_at") WHERE done_at is null;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "refunds_by_capture" ON "refunds" USING btree ("paypal_capture_id");--> statement-breakpoint
CREATE INDEX "refunds_by_order" ON "refunds" USING btree ("order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "refunds_one_automatic_per_capture" ON "refunds" USING btree ("paypal_capture_id") WHERE reason in ('late_capture','mismatch','unfulfillable','gone_at_paypal');--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_sent_has_paypal_refund" CHECK ("refunds"."state" not in ('sent','completed') or "refunds"."paypal_refund_id" is not null);--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_completed_has_time" CHECK (("refunds"."state" = 'completed') = ("refunds"."completed_at" is not null));--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_note_short" CHECK (length("refunds"."note_to_payer") <= 255);--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_state_known" CHECK ("refunds"."state" in ('pending','sent','completed','failed'));--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_reason_known" CHECK ("refunds"."reason" in ('late_capture','mismatch','unfulfillable','gone_at_paypal','merchant','paypal','reversal'));--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_unfinished_is_scheduled" CHECK ("refunds"."state" in ('completed','failed') or "refunds"."next_action_at" is not null);