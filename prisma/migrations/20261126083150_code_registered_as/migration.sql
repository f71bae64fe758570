-- How impact.com spells a code that somebody registered there by hand
ALTER TABLE "Code" ADD COLUMN "registeredAs" TEXT;
