ALTER TABLE "reconciliation_runs" ADD COLUMN "nightly" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "reconciliation_runs" ADD COLUMN "lease_until" timestamp with time zone NOT NULL;--> statement-breakpoint
ALTER TABLE "reconciliation_runs" ADD COLUMN "unclear" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "reconciliation_runs_one_at_a_time" ON "reconciliation_runs" USING btree ((finished_at is null)) WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX "reconciliation_runs_newest" ON "reconciliation_runs" USING btree ("started_at" DESC NULLS LAST);