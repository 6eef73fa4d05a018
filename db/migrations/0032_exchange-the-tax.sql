CREATE TABLE "exchange_rates" (
	"base" char(3) NOT NULL,
	"currency" char(3) NOT NULL,
	"since" date NOT NULL,
	"per_unit_micro" bigint NOT NULL,
	CONSTRAINT "exchange_rates_base_currency_since_pk" PRIMARY KEY("base","currency","since"),
	CONSTRAINT "exchange_rates_positive" CHECK ("exchange_rates"."per_unit_micro" > 0),
	CONSTRAINT "exchange_rates_between_two" CHECK ("exchange_rates"."base" <> "exchange_rates"."currency")
);
