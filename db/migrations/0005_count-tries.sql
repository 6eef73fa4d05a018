CREATE TABLE "rate_limit_turns" (
	"key" text NOT NULL,
	"caller" text NOT NULL,
	"turn_at" timestamp with time zone NOT NULL,
	CONSTRAINT "rate_limit_turns_key_caller_pk" PRIMARY KEY("key","caller")
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"level" double precision NOT NULL,
	"touched_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "rate_limits_level_not_negative" CHECK ("rate_limits"."level" >= 0)
);
--> statement-breakpoint
CREATE INDEX "rate_limit_turns_oldest" ON "rate_limit_turns" USING btree ("turn_at");--> statement-breakpoint
CREATE INDEX "rate_limits_oldest" ON "rate_limits" USING btree ("touched_at");