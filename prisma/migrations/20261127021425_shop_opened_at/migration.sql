-- When Shopify gave the newest session token of the shop that was noted.
ALTER TABLE "Shop" ADD COLUMN "openedAt" TIMESTAMPTZ(3);
