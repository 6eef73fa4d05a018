CREATE TABLE "discount_categories" (
	"discount_id" integer NOT NULL,
	"category_id" integer NOT NULL,
	CONSTRAINT "discount_categories_discount_id_category_id_pk" PRIMARY KEY("discount_id","category_id")
);
--> statement-breakpoint
CREATE TABLE "discount_products" (
	"discount_id" integer NOT NULL,
	"product_id" integer NOT NULL,
	CONSTRAINT "discount_products_discount_id_product_id_pk" PRIMARY KEY("discount_id","product_id")
);
--> statement-breakpoint
CREATE TABLE "discount_uses" (
	"attempt_id" uuid NOT NULL,
	"discount_id" integer NOT NULL,
	"buyer_hash" text NOT NULL,
	"state" text DEFAULT 'reserved' NOT NULL,
	"beyond_limit" boolean DEFAULT false NOT NULL,
	"amount_minor" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "discount_uses_attempt_id_discount_id_pk" PRIMARY KEY("attempt_id","discount_id"),
	CONSTRAINT "discount_uses_state_known" CHECK ("discount_uses"."state" in ('reserved', 'used', 'released')),
	CONSTRAINT "discount_uses_amount_positive" CHECK ("discount_uses"."amount_minor" > 0)
);
--> statement-breakpoint
CREATE TABLE "discounts" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "discounts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"code" text,
	"label" text NOT NULL,
	"kind" text NOT NULL,
	"value" bigint NOT NULL,
	"minimum_minor" bigint DEFAULT 0 NOT NULL,
	"scope" text DEFAULT 'all' NOT NULL,
	"starts_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ends_at" timestamp with time zone,
	"uses_max" integer,
	"uses_max_per_buyer" integer,
	"active" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "discounts_code_unique" UNIQUE("code"),
	CONSTRAINT "discounts_code_plain" CHECK ("discounts"."code" ~ '^[A-Z0-9][A-Z0-9-]{2,29}$'),
	CONSTRAINT "discounts_kind_known" CHECK ("discounts"."kind" in ('percent', 'amount', 'free_delivery')),
	CONSTRAINT "discounts_scope_known" CHECK ("discounts"."scope" in ('all', 'chosen')),
	CONSTRAINT "discounts_value_sane" CHECK (case "discounts"."kind" when 'percent' then "discounts"."value" between 1 and 9000 when 'amount' then "discounts"."value" > 0 else "discounts"."value" = 0 end),
	CONSTRAINT "discounts_minimum_not_negative" CHECK ("discounts"."minimum_minor" >= 0),
	CONSTRAINT "discounts_ends_after_start" CHECK ("discounts"."ends_at" > "discounts"."starts_at"),
	CONSTRAINT "discounts_limits_positive" CHECK ("discounts"."uses_max" > 0 and "discounts"."uses_max_per_buyer" > 0)
);
--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "discounts" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "discount_categories" ADD CONSTRAINT "discount_categories_discount_id_discounts_id_fk" FOREIGN KEY ("discount_id") REFERENCES "public"."discounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discount_categories" ADD CONSTRAINT "discount_categories_category_id_categories_id_fk" FOREIGN KEY ("category_id") REFERENCES "public"."categories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discount_products" ADD CONSTRAINT "discount_products_discount_id_discounts_id_fk" FOREIGN KEY ("discount_id") REFERENCES "public"."discounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discount_products" ADD CONSTRAINT "discount_products_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discount_uses" ADD CONSTRAINT "discount_uses_attempt_id_payment_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."payment_attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discount_uses" ADD CONSTRAINT "discount_uses_discount_id_discounts_id_fk" FOREIGN KEY ("discount_id") REFERENCES "public"."discounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "discount_uses_counted" ON "discount_uses" USING btree ("discount_id","buyer_hash") WHERE state <> 'released' and not beyond_limit;