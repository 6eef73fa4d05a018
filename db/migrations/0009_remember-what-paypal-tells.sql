CREATE TABLE "webhook_catch_ups" (
	"id" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"caught_up_to" timestamp with time zone NOT NULL,
	"turn_at" timestamp with time zone NOT NULL,
	CONSTRAINT "webhook_catch_ups_one_row" CHECK ("webhook_catch_ups"."id")
);
--> statement-breakpoint
ALTER TABLE "disputes" ADD COLUMN "paypal_updated_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD COLUMN "declined_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "webhook_events" ADD COLUMN "occurred_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "webhook_events" ADD COLUMN "source" text DEFAULT 'delivered' NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook_events" ADD CONSTRAINT "webhook_events_source_known" CHECK ("webhook_events"."source" in ('delivered','caught_up'));