CREATE TABLE "bulk_jobs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"member_id" uuid NOT NULL,
	"network" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"lease_until" timestamp with time zone,
	CONSTRAINT "bulk_jobs_kind_known" CHECK ("bulk_jobs"."kind" in ('start','ship')),
	CONSTRAINT "bulk_jobs_finish_after_start" CHECK ("bulk_jobs"."finished_at" is null or "bulk_jobs"."started_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "bulk_rows" (
	"job_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"order_number" text NOT NULL,
	"carrier" text NOT NULL,
	"tracking_number" text,
	"shipment_id" uuid NOT NULL,
	"state" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"done_at" timestamp with time zone,
	CONSTRAINT "bulk_rows_job_id_position_pk" PRIMARY KEY("job_id","position"),
	CONSTRAINT "bulk_rows_one_per_shipment" UNIQUE("shipment_id"),
	CONSTRAINT "bulk_rows_state_known" CHECK ("bulk_rows"."state" in ('wrong','ready','done','failed')),
	CONSTRAINT "bulk_rows_done_has_time" CHECK (("bulk_rows"."state" in ('done','failed')) = ("bulk_rows"."done_at" is not null)),
	CONSTRAINT "bulk_rows_not_done_says_why" CHECK ("bulk_rows"."state" not in ('wrong','failed') or "bulk_rows"."note" <> '')
);
--> statement-breakpoint
CREATE TABLE "saved_views" (
	"id" uuid PRIMARY KEY NOT NULL,
	"member_id" uuid NOT NULL,
	"name" text NOT NULL,
	"query" text NOT NULL,
	"shared" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "saved_views_one_per_name" UNIQUE("member_id","name"),
	CONSTRAINT "saved_views_name_short" CHECK (length("saved_views"."name") between 1 and 40),
	CONSTRAINT "saved_views_query_short" CHECK (length("saved_views"."query") <= 1000)
);
--> statement-breakpoint
ALTER TABLE "bulk_jobs" ADD CONSTRAINT "bulk_jobs_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_rows" ADD CONSTRAINT "bulk_rows_job_id_bulk_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."bulk_jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bulk_jobs_under_way" ON "bulk_jobs" USING btree ("started_at") WHERE started_at is not null and finished_at is null;--> statement-breakpoint
CREATE INDEX "bulk_jobs_newest" ON "bulk_jobs" USING btree ("member_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "bulk_rows_one_per_order" ON "bulk_rows" USING btree ("job_id","order_number") WHERE state <> 'wrong';--> statement-breakpoint
CREATE INDEX "saved_views_shared" ON "saved_views" USING btree ("created_at") WHERE shared;