-- Whether the checkout's pixel is on, as Shopify last told: only then an order waits for its word
ALTER TABLE "Shop" ADD COLUMN "isPixelOn" BOOLEAN NOT NULL DEFAULT false;
UPDATE "Shop" SET "isPixelOn" = true
WHERE EXISTS (SELECT FROM "Click" WHERE "Click"."shop" = "Shop"."domain");
