CREATE TABLE "return_items" (
	"return_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"quantity" integer NOT NULL,
	"received_quantity" integer,
	"condition" text,
	"restock" boolean,
	CONSTRAINT "return_items_return_id_position_pk" PRIMARY KEY("return_id","position"),
	CONSTRAINT "return_items_quantity_positive" CHECK ("return_items"."quantity" > 0),
	CONSTRAINT "return_items_received_within" CHECK ("return_items"."received_quantity" between 0 and "return_items"."quantity"),
	CONSTRAINT "return_items_received_whole" CHECK (num_nonnulls("return_items"."received_quantity", "return_items"."condition", "return_items"."restock") in (0, 3)),
	CONSTRAINT "return_items_condition_known" CHECK ("return_items"."condition" in ('as_new','opened','damaged'))
);
--> statement-breakpoint
CREATE TABLE "returns" (
	"id" uuid PRIMARY KEY NOT NULL,
	"order_id" uuid NOT NULL,
	"state" text DEFAULT 'requested' NOT NULL,
	"reason" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"answer" text DEFAULT '' NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"answered_at" timestamp with time zone,
	"received_at" timestamp with time zone,
	"refund_id" uuid,
	CONSTRAINT "returns_one_per_refund" UNIQUE("refund_id"),
	CONSTRAINT "returns_of_order" UNIQUE("id","order_id"),
	CONSTRAINT "returns_state_known" CHECK ("returns"."state" in ('requested','approved','refused','received','refunded')),
	CONSTRAINT "returns_reason_known" CHECK ("returns"."reason" in ('changed_mind','damaged','wrong_item','not_as_described','other')),
	CONSTRAINT "returns_note_short" CHECK (length("returns"."note") <= 500),
	CONSTRAINT "returns_answer_short" CHECK (length("returns"."answer") <= 500),
	CONSTRAINT "returns_answered_has_time" CHECK (("returns"."state" = 'requested') = ("returns"."answered_at" is null)),
	CONSTRAINT "returns_refused_says_why" CHECK ("returns"."state" <> 'refused' or "returns"."answer" <> ''),
	CONSTRAINT "returns_received_has_time" CHECK ("returns"."state" not in ('received','refunded') or "returns"."received_at" is not null),
	CONSTRAINT "returns_refunded_has_refund" CHECK (("returns"."state" = 'refunded') = ("returns"."refund_id" is not null))
);
--> statement-breakpoint
ALTER TABLE "return_items" ADD CONSTRAINT "return_items_of_return" FOREIGN KEY ("return_id","order_id") REFERENCES "public"."returns"("id","order_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "return_items" ADD CONSTRAINT "return_items_of_order" FOREIGN KEY ("order_id","position") REFERENCES "public"."order_items"("order_id","position") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "returns" ADD CONSTRAINT "returns_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "returns" ADD CONSTRAINT "returns_refund_id_refunds_id_fk" FOREIGN KEY ("refund_id") REFERENCES "public"."refunds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "return_items_by_item" ON "return_items" USING btree ("order_id","position");--> statement-breakpoint
CREATE INDEX "returns_by_order" ON "returns" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "returns_by_state" ON "returns" USING btree ("state","asked_at");