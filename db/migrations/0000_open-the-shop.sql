CREATE TABLE "categories" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "categories_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"slug" text NOT NULL,
	"parent_id" integer,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"position" smallint DEFAULT 0 NOT NULL,
	"picture" jsonb,
	CONSTRAINT "categories_slug_unique" UNIQUE("slug"),
	CONSTRAINT "categories_not_own_parent" CHECK ("categories"."parent_id" <> "categories"."id")
);
--> statement-breakpoint
CREATE TABLE "product_categories" (
	"product_id" integer NOT NULL,
	"category_id" integer NOT NULL,
	CONSTRAINT "product_categories_product_id_category_id_pk" PRIMARY KEY("product_id","category_id")
);
--> statement-breakpoint
CREATE TABLE "product_images" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "product_images_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"product_id" integer NOT NULL,
	"position" smallint NOT NULL,
	"base" text NOT NULL,
	"widths" integer[] NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"alt" text NOT NULL,
	"option_values" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "product_images_one_per_position" UNIQUE("product_id","position"),
	CONSTRAINT "product_images_alt_required" CHECK (length("product_images"."alt") > 0)
);
--> statement-breakpoint
CREATE TABLE "product_option_values" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "product_option_values_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"option_id" integer NOT NULL,
	"value" text NOT NULL,
	"swatch" text,
	"position" smallint DEFAULT 0 NOT NULL,
	CONSTRAINT "product_option_values_one_per_value" UNIQUE("option_id","value"),
	CONSTRAINT "product_option_values_of_option" UNIQUE("id","option_id")
);
--> statement-breakpoint
CREATE TABLE "product_options" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "product_options_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"product_id" integer NOT NULL,
	"name" text NOT NULL,
	"position" smallint DEFAULT 0 NOT NULL,
	CONSTRAINT "product_options_one_per_name" UNIQUE("product_id","name")
);
--> statement-breakpoint
CREATE TABLE "products" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "products_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"subtitle" text DEFAULT '' NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"details" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"published_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "products_slug_unique" UNIQUE("slug"),
	CONSTRAINT "products_state_known" CHECK ("products"."state" in ('draft', 'active'))
);
--> statement-breakpoint
CREATE TABLE "stock" (
	"variant_id" integer PRIMARY KEY NOT NULL,
	"on_hand" integer NOT NULL,
	"held" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "stock_on_hand_not_negative" CHECK ("stock"."on_hand" >= 0),
	CONSTRAINT "stock_held_not_negative" CHECK ("stock"."held" >= 0),
	CONSTRAINT "stock_held_is_on_hand" CHECK ("stock"."held" <= "stock"."on_hand")
);
--> statement-breakpoint
CREATE TABLE "variant_option_values" (
	"variant_id" integer NOT NULL,
	"option_id" integer NOT NULL,
	"option_value_id" integer NOT NULL,
	CONSTRAINT "variant_option_values_variant_id_option_id_pk" PRIMARY KEY("variant_id","option_id")
);
--> statement-breakpoint
CREATE TABLE "variants" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "variants_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"product_id" integer NOT NULL,
	"sku" text NOT NULL,
	"price_minor" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"weight_grams" integer NOT NULL,
	"position" smallint DEFAULT 0 NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "variants_sku_unique" UNIQUE("sku"),
	CONSTRAINT "variants_price_positive" CHECK ("variants"."price_minor" > 0),
	CONSTRAINT "variants_weight_positive" CHECK ("variants"."weight_grams" > 0)
);
--> statement-breakpoint
CREATE TABLE "order_items" (
	"order_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"variant_id" integer NOT NULL,
	"product_name" text NOT NULL,
	"product_slug" text NOT NULL,
	"sku" text NOT NULL,
	"options" jsonb NOT NULL,
	"picture" jsonb,
	"unit_price_minor" bigint NOT NULL,
	"quantity" integer NOT NULL,
	"line_total_minor" bigint NOT NULL,
	CONSTRAINT "order_items_order_id_position_pk" PRIMARY KEY("order_id","position"),
	CONSTRAINT "order_items_one_per_variant" UNIQUE("order_id","variant_id"),
	CONSTRAINT "order_items_quantity_positive" CHECK ("order_items"."quantity" > 0),
	CONSTRAINT "order_items_line_adds_up" CHECK ("order_items"."line_total_minor" = "order_items"."unit_price_minor" * "order_items"."quantity")
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"order_number" text NOT NULL,
	"cart_id" uuid NOT NULL,
	"attempt_id" uuid NOT NULL,
	"paypal_capture_id" text NOT NULL,
	"buyer_key_hash" text NOT NULL,
	"state" text DEFAULT 'created' NOT NULL,
	"email" text NOT NULL,
	"address_name" text NOT NULL,
	"address_line1" text NOT NULL,
	"address_line2" text NOT NULL,
	"address_city" text NOT NULL,
	"address_region" text NOT NULL,
	"address_postal_code" text NOT NULL,
	"address_country" char(2) NOT NULL,
	"delivery_name" text NOT NULL,
	"delivery_estimate" text NOT NULL,
	"items_minor" bigint NOT NULL,
	"discount_minor" bigint NOT NULL,
	"delivery_minor" bigint NOT NULL,
	"tax_minor" bigint NOT NULL,
	"tax_included" boolean NOT NULL,
	"tax_label" text,
	"total_minor" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"placed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"delivered_at" timestamp with time zone,
	CONSTRAINT "orders_order_number_unique" UNIQUE("order_number"),
	CONSTRAINT "orders_one_per_cart" UNIQUE("cart_id"),
	CONSTRAINT "orders_one_per_payment_attempt" UNIQUE("attempt_id"),
	CONSTRAINT "orders_one_per_capture" UNIQUE("paypal_capture_id"),
	CONSTRAINT "orders_state_known" CHECK ("orders"."state" in ('created','delivered')),
	CONSTRAINT "orders_parts_add_up" CHECK ("orders"."total_minor" = "orders"."items_minor" - "orders"."discount_minor" + "orders"."delivery_minor" + case when "orders"."tax_included" then 0 else "orders"."tax_minor" end),
	CONSTRAINT "orders_parts_not_negative" CHECK ("orders"."items_minor" >= 0 and "orders"."discount_minor" >= 0 and "orders"."delivery_minor" >= 0 and "orders"."tax_minor" >= 0),
	CONSTRAINT "orders_delivered_has_time" CHECK (("orders"."state" = 'delivered') = ("orders"."delivered_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"topic" text NOT NULL,
	"payload" jsonb NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"available_at" timestamp with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "payment_attempts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"cart_id" uuid NOT NULL,
	"buyer_key_hash" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"snapshot" jsonb NOT NULL,
	"fingerprint" text NOT NULL,
	"state" text NOT NULL,
	"close_reason" text,
	"paypal_order_id" text,
	"approve_url" text,
	"capture_seq" smallint DEFAULT 0 NOT NULL,
	"hold_expires_at" timestamp with time zone NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_action_at" timestamp with time zone,
	"watch_until" timestamp with time zone,
	"last_issue" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "payment_attempts_one_per_paypal_order" UNIQUE("paypal_order_id"),
	CONSTRAINT "payment_attempts_identity" UNIQUE("id","cart_id","amount_minor","currency"),
	CONSTRAINT "payment_attempts_amount_positive" CHECK ("payment_attempts"."amount_minor" > 0),
	CONSTRAINT "payment_attempts_state_known" CHECK ("payment_attempts"."state" in ('creating','created','capturing','pending','completed','closed','refunding','refunded','review')),
	CONSTRAINT "payment_attempts_paypal_order_known" CHECK ("payment_attempts"."state" in ('creating','closed') or "payment_attempts"."paypal_order_id" is not null),
	CONSTRAINT "payment_attempts_unfinished_is_scheduled" CHECK ("payment_attempts"."state" in ('completed','closed','refunded','review') or "payment_attempts"."next_action_at" is not null),
	CONSTRAINT "payment_attempts_close_has_reason" CHECK (("payment_attempts"."state" = 'closed') <= ("payment_attempts"."close_reason" is not null))
);
--> statement-breakpoint
CREATE TABLE "payment_captures" (
	"paypal_capture_id" text PRIMARY KEY NOT NULL,
	"attempt_id" uuid NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"fee_minor" bigint,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "payment_captures_one_per_attempt" UNIQUE("attempt_id"),
	CONSTRAINT "payment_captures_identity" UNIQUE("paypal_capture_id","attempt_id","amount_minor","currency"),
	CONSTRAINT "payment_captures_amount_positive" CHECK ("payment_captures"."amount_minor" > 0)
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"paypal_capture_id" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"paypal_refund_id" text,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_action_at" timestamp with time zone,
	"last_issue" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "refunds_one_per_paypal_refund" UNIQUE("paypal_refund_id"),
	CONSTRAINT "refunds_amount_positive" CHECK ("refunds"."amount_minor" > 0),
	CONSTRAINT "refunds_state_known" CHECK ("refunds"."state" in ('pending','completed','manual')),
	CONSTRAINT "refunds_reason_known" CHECK ("refunds"."reason" in ('late_capture','mismatch','unfulfillable')),
	CONSTRAINT "refunds_unfinished_is_scheduled" CHECK ("refunds"."state" in ('completed','manual') or "refunds"."next_action_at" is not null),
	CONSTRAINT "refunds_completed_has_paypal_refund" CHECK (("refunds"."state" = 'completed') <= ("refunds"."paypal_refund_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "stock_holds" (
	"attempt_id" uuid NOT NULL,
	"variant_id" integer NOT NULL,
	"quantity" integer NOT NULL,
	"state" text NOT NULL,
	CONSTRAINT "stock_holds_attempt_id_variant_id_pk" PRIMARY KEY("attempt_id","variant_id"),
	CONSTRAINT "stock_holds_quantity_positive" CHECK ("stock_holds"."quantity" > 0),
	CONSTRAINT "stock_holds_state_known" CHECK ("stock_holds"."state" in ('held','consumed','released'))
);
--> statement-breakpoint
CREATE TABLE "delivery_methods" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "delivery_methods_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"zone_id" integer NOT NULL,
	"name" text NOT NULL,
	"estimate" text NOT NULL,
	"rate_kind" text NOT NULL,
	"price_minor" bigint,
	"free_from_minor" bigint,
	"position" smallint DEFAULT 0 NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "delivery_methods_one_per_name" UNIQUE("zone_id","name"),
	CONSTRAINT "delivery_methods_rate_kind_known" CHECK ("delivery_methods"."rate_kind" in ('flat', 'free_above', 'by_weight')),
	CONSTRAINT "delivery_methods_rate_complete" CHECK (("delivery_methods"."rate_kind" = 'by_weight' or "delivery_methods"."price_minor" >= 0) and ("delivery_methods"."rate_kind" <> 'free_above' or "delivery_methods"."free_from_minor" > 0))
);
--> statement-breakpoint
CREATE TABLE "delivery_weight_bands" (
	"method_id" integer NOT NULL,
	"up_to_grams" integer NOT NULL,
	"price_minor" bigint NOT NULL,
	CONSTRAINT "delivery_weight_bands_method_id_up_to_grams_pk" PRIMARY KEY("method_id","up_to_grams"),
	CONSTRAINT "delivery_weight_bands_positive" CHECK ("delivery_weight_bands"."up_to_grams" > 0 and "delivery_weight_bands"."price_minor" >= 0)
);
--> statement-breakpoint
CREATE TABLE "delivery_zone_countries" (
	"country" char(2) PRIMARY KEY NOT NULL,
	"zone_id" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "delivery_zones" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "delivery_zones_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	CONSTRAINT "delivery_zones_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "shop_settings" (
	"id" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"name" text NOT NULL,
	"tagline" text DEFAULT '' NOT NULL,
	"currency" char(3) NOT NULL,
	"hero" jsonb,
	CONSTRAINT "shop_settings_one_row" CHECK ("shop_settings"."id")
);
--> statement-breakpoint
CREATE TABLE "tax_rates" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "tax_rates_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"country" char(2) NOT NULL,
	"region" text,
	"label" text NOT NULL,
	"rate_ppm" integer NOT NULL,
	"prices_include" boolean NOT NULL,
	"applies_to_delivery" boolean NOT NULL,
	CONSTRAINT "tax_rates_one_per_region" UNIQUE NULLS NOT DISTINCT("country","region"),
	CONSTRAINT "tax_rates_rate_sane" CHECK ("tax_rates"."rate_ppm" between 0 and 1000000)
);
--> statement-breakpoint
ALTER TABLE "categories" ADD CONSTRAINT "categories_parent" FOREIGN KEY ("parent_id") REFERENCES "public"."categories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_categories" ADD CONSTRAINT "product_categories_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_categories" ADD CONSTRAINT "product_categories_category_id_categories_id_fk" FOREIGN KEY ("category_id") REFERENCES "public"."categories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_images" ADD CONSTRAINT "product_images_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_option_values" ADD CONSTRAINT "product_option_values_option_id_product_options_id_fk" FOREIGN KEY ("option_id") REFERENCES "public"."product_options"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_options" ADD CONSTRAINT "product_options_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock" ADD CONSTRAINT "stock_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "variant_option_values" ADD CONSTRAINT "variant_option_values_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "variant_option_values" ADD CONSTRAINT "variant_option_values_value_of_option" FOREIGN KEY ("option_value_id","option_id") REFERENCES "public"."product_option_values"("id","option_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "variants" ADD CONSTRAINT "variants_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_items" ADD CONSTRAINT "order_items_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_are_their_attempt" FOREIGN KEY ("attempt_id","cart_id","total_minor","currency") REFERENCES "public"."payment_attempts"("id","cart_id","amount_minor","currency") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_are_their_capture" FOREIGN KEY ("paypal_capture_id","attempt_id","total_minor","currency") REFERENCES "public"."payment_captures"("paypal_capture_id","attempt_id","amount_minor","currency") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_captures" ADD CONSTRAINT "payment_captures_attempt_id_payment_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."payment_attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_paypal_capture_id_payment_captures_paypal_capture_id_fk" FOREIGN KEY ("paypal_capture_id") REFERENCES "public"."payment_captures"("paypal_capture_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_holds" ADD CONSTRAINT "stock_holds_attempt_id_payment_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."payment_attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_holds" ADD CONSTRAINT "stock_holds_variant_id_stock_variant_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."stock"("variant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_methods" ADD CONSTRAINT "delivery_methods_zone_id_delivery_zones_id_fk" FOREIGN KEY ("zone_id") REFERENCES "public"."delivery_zones"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_weight_bands" ADD CONSTRAINT "delivery_weight_bands_method_id_delivery_methods_id_fk" FOREIGN KEY ("method_id") REFERENCES "public"."delivery_methods"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_zone_countries" ADD CONSTRAINT "delivery_zone_countries_zone_id_delivery_zones_id_fk" FOREIGN KEY ("zone_id") REFERENCES "public"."delivery_zones"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "product_categories_by_category" ON "product_categories" USING btree ("category_id");--> statement-breakpoint
CREATE INDEX "products_newest_active" ON "products" USING btree ("published_at" DESC NULLS LAST) WHERE state = 'active';--> statement-breakpoint
CREATE INDEX "variants_by_product" ON "variants" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "orders_newest" ON "orders" USING btree ("placed_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("available_at") WHERE done_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "payment_attempts_one_live_per_cart" ON "payment_attempts" USING btree ("cart_id") WHERE state in ('creating','created','capturing','pending');--> statement-breakpoint
CREATE UNIQUE INDEX "payment_attempts_one_paid_per_cart" ON "payment_attempts" USING btree ("cart_id") WHERE state = 'completed';--> statement-breakpoint
CREATE INDEX "payment_attempts_due" ON "payment_attempts" USING btree ("next_action_at") WHERE next_action_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "refunds_one_automatic_per_capture" ON "refunds" USING btree ("paypal_capture_id");--> statement-breakpoint
CREATE INDEX "refunds_due" ON "refunds" USING btree ("next_action_at") WHERE next_action_at is not null;--> statement-breakpoint
CREATE INDEX "stock_holds_held" ON "stock_holds" USING btree ("variant_id") WHERE state = 'held';