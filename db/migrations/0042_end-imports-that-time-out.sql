ALTER TABLE "catalogue_imports" DROP CONSTRAINT "catalogue_imports_state_known";--> statement-breakpoint
ALTER TABLE "catalogue_imports" ADD COLUMN "tries" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "catalogue_imports" ADD CONSTRAINT "catalogue_imports_state_known" CHECK ("catalogue_imports"."state" in ('checking','checked','applying','applied','discarded','failed'));