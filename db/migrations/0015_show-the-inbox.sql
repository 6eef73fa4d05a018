CREATE TABLE "reconciliation_requests" (
	"id" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"requested_by" text NOT NULL,
	"days" integer NOT NULL,
	CONSTRAINT "reconciliation_requests_one_row" CHECK ("reconciliation_requests"."id"),
	CONSTRAINT "reconciliation_requests_days_sane" CHECK ("reconciliation_requests"."days" between 1 and 1095)
);
--> statement-breakpoint
DROP INDEX "webhook_events_newest";--> statement-breakpoint
ALTER TABLE "reconciliation_runs" ADD COLUMN "requested_by" text;--> statement-breakpoint
CREATE INDEX "payment_captures_newest" ON "payment_captures" USING btree ("recorded_at");--> statement-breakpoint
CREATE INDEX "webhook_events_by_type" ON "webhook_events" USING btree ("event_type","received_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "webhook_events_waiting" ON "webhook_events" USING btree ("received_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE done_at is null;--> statement-breakpoint
CREATE INDEX "webhook_events_delivered" ON "webhook_events" USING btree ("received_at" DESC NULLS FIRST) WHERE source = 'delivered';--> statement-breakpoint
CREATE INDEX "webhook_events_about_resource" ON "webhook_events" USING btree ("resource_id");--> statement-breakpoint
CREATE INDEX "webhook_events_about_order" ON "webhook_events" USING btree ("paypal_order_id");--> statement-breakpoint
CREATE INDEX "webhook_events_about_capture" ON "webhook_events" USING btree ("paypal_capture_id");--> statement-breakpoint
CREATE INDEX "webhook_events_newest" ON "webhook_events" USING btree ("received_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);