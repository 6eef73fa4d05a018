CREATE TABLE "mail_outbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "mail_outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"recipient" text,
	"payload" jsonb,
	"message_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"available_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"lease_until" timestamp with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	"done_at" timestamp with time zone,
	"dead_at" timestamp with time zone,
	"last_error" text,
	CONSTRAINT "mail_outbox_one_per_key" UNIQUE("key"),
	CONSTRAINT "mail_outbox_ends_once" CHECK ("mail_outbox"."done_at" is null or "mail_outbox"."dead_at" is null),
	CONSTRAINT "mail_outbox_unsent_can_be_sent" CHECK ("mail_outbox"."done_at" is not null or "mail_outbox"."dead_at" is not null or ("mail_outbox"."payload" is not null and "mail_outbox"."recipient" is not null)),
	CONSTRAINT "mail_outbox_sent_is_wiped" CHECK ("mail_outbox"."done_at" is null or "mail_outbox"."payload" is null)
);
--> statement-breakpoint
CREATE INDEX "mail_outbox_due" ON "mail_outbox" USING btree ("available_at") WHERE done_at is null and dead_at is null;--> statement-breakpoint
CREATE INDEX "mail_outbox_remembered" ON "mail_outbox" USING btree ("created_at") WHERE recipient is not null;