CREATE TABLE "former_product_slugs" (
	"slug" text PRIMARY KEY NOT NULL,
	"product_id" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "catalogue_import_rows" (
	"import_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"product" text NOT NULL,
	"sku" text NOT NULL,
	"options" text NOT NULL,
	"cells" jsonb NOT NULL,
	"unreadable" jsonb,
	"problems" jsonb,
	"change" jsonb,
	CONSTRAINT "catalogue_import_rows_import_id_line_pk" PRIMARY KEY("import_id","line")
);
--> statement-breakpoint
CREATE TABLE "catalogue_imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"file_name" text NOT NULL,
	"state" text DEFAULT 'checking' NOT NULL,
	"actor_id" uuid NOT NULL,
	"actor_email" text NOT NULL,
	"network" text,
	"rows" integer NOT NULL,
	"checked" integer DEFAULT 0 NOT NULL,
	"applied" integer DEFAULT 0 NOT NULL,
	"again" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "catalogue_imports_state_known" CHECK ("catalogue_imports"."state" in ('checking','checked','applying','applied','discarded'))
);
--> statement-breakpoint
CREATE TABLE "price_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"variant_id" integer NOT NULL,
	"price_minor" bigint NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"applied_at" timestamp with time zone,
	"cancelled_at" timestamp with time zone,
	CONSTRAINT "price_changes_price_positive" CHECK ("price_changes"."price_minor" > 0),
	CONSTRAINT "price_changes_one_end" CHECK ("price_changes"."applied_at" is null or "price_changes"."cancelled_at" is null),
	CONSTRAINT "price_changes_not_early" CHECK ("price_changes"."applied_at" >= "price_changes"."starts_at")
);
--> statement-breakpoint
ALTER TABLE "products" DROP CONSTRAINT "products_state_known";--> statement-breakpoint
ALTER TABLE "stock_movements" DROP CONSTRAINT "stock_movements_reason_known";--> statement-breakpoint
ALTER TABLE "product_categories" DROP CONSTRAINT "product_categories_category_id_categories_id_fk";
--> statement-breakpoint
ALTER TABLE "categories" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "variants" ADD COLUMN "low_stock_at" integer;--> statement-breakpoint
ALTER TABLE "stock_movements" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "stock_movements" ADD COLUMN "actor_email" text;--> statement-breakpoint
ALTER TABLE "former_product_slugs" ADD CONSTRAINT "former_product_slugs_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalogue_import_rows" ADD CONSTRAINT "catalogue_import_rows_import_id_catalogue_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."catalogue_imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_changes" ADD CONSTRAINT "price_changes_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "former_product_slugs_of_product" ON "former_product_slugs" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "catalogue_import_rows_by_sku" ON "catalogue_import_rows" USING btree ("import_id","sku");--> statement-breakpoint
CREATE INDEX "catalogue_import_rows_by_product" ON "catalogue_import_rows" USING btree ("import_id","product","line");--> statement-breakpoint
CREATE INDEX "catalogue_import_rows_wrong" ON "catalogue_import_rows" USING btree ("import_id","line") WHERE problems is not null;--> statement-breakpoint
CREATE INDEX "catalogue_imports_newest" ON "catalogue_imports" USING btree ("created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "catalogue_imports_due" ON "catalogue_imports" USING btree ("created_at") WHERE state in ('checking', 'applying');--> statement-breakpoint
CREATE UNIQUE INDEX "price_changes_one_at_a_time" ON "price_changes" USING btree ("variant_id","starts_at") WHERE cancelled_at is null;--> statement-breakpoint
CREATE INDEX "price_changes_due" ON "price_changes" USING btree ("starts_at") WHERE applied_at is null and cancelled_at is null;--> statement-breakpoint
ALTER TABLE "product_categories" ADD CONSTRAINT "product_categories_category_id_categories_id_fk" FOREIGN KEY ("category_id") REFERENCES "public"."categories"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "categories_by_parent" ON "categories" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "products_by_name" ON "products" USING btree (lower("name"),"id");--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_state_known" CHECK ("products"."state" in ('draft', 'active', 'archived'));--> statement-breakpoint
ALTER TABLE "variants" ADD CONSTRAINT "variants_low_stock_at_not_negative" CHECK ("variants"."low_stock_at" >= 0);--> statement-breakpoint
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_reason_known" CHECK ("stock_movements"."reason" in ('initial','sale','restock','adjustment','import','received','counted','damaged','found','other'));