CREATE TABLE "sales_day_items" (
	"day" date NOT NULL,
	"currency" char(3) NOT NULL,
	"sku" text NOT NULL,
	"name" text NOT NULL,
	"quantity" integer NOT NULL,
	"total_minor" bigint NOT NULL,
	CONSTRAINT "sales_day_items_day_currency_sku_pk" PRIMARY KEY("day","currency","sku"),
	CONSTRAINT "sales_day_items_positive" CHECK ("sales_day_items"."quantity" > 0 and "sales_day_items"."total_minor" >= 0)
);
--> statement-breakpoint
CREATE TABLE "sales_days" (
	"day" date NOT NULL,
	"currency" char(3) NOT NULL,
	"orders" integer NOT NULL,
	"total_minor" bigint NOT NULL,
	"attempts" integer NOT NULL,
	"refunds" integer NOT NULL,
	"refunded_minor" bigint NOT NULL,
	CONSTRAINT "sales_days_day_currency_pk" PRIMARY KEY("day","currency"),
	CONSTRAINT "sales_days_not_negative" CHECK ("sales_days"."orders" >= 0 and "sales_days"."total_minor" >= 0 and "sales_days"."attempts" >= 0 and "sales_days"."refunds" >= 0 and "sales_days"."refunded_minor" >= 0)
);
--> statement-breakpoint
CREATE INDEX "orders_by_total" ON "orders" USING btree ("total_minor","id");--> statement-breakpoint
CREATE INDEX "payment_attempts_begun" ON "payment_attempts" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "refunds_completed" ON "refunds" USING btree ("completed_at") WHERE state = 'completed';