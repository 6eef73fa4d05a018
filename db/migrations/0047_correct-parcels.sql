ALTER TABLE "shipments" ADD COLUMN "telling" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "shipments" ADD COLUMN "wrong_numbers" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
CREATE INDEX "shipments_given_up" ON "shipments" USING btree ("shipped_at") WHERE tracking_number is not null and tell_paypal_at is null and told_paypal_at is null;