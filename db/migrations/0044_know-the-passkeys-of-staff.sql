ALTER TABLE "member_passkeys" ADD COLUMN "is_second_factor" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "totp_next_sealed" text;--> statement-breakpoint

-- Until now every sign-in by a passkey counted as a second factor, whoever had added it. None of those is known to be one: whoever
-- works here with nothing else sets up their second factor again.
update member_sessions set second_factor_at = null where method = 'passkey';
