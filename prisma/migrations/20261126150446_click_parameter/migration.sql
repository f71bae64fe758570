-- The name under which a shop has click ids on its landing pages, beside the names of impact.com
ALTER TABLE "Shop" ADD COLUMN "clickParameter" TEXT;
