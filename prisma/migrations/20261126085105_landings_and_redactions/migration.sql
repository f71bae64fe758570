-- Clicks are read from the landing page that Shopify notes only where a merchant wants that
ALTER TABLE "Shop" ADD COLUMN "landingsFrom" TIMESTAMPTZ(3);

-- An order whose customer is to be forgotten: no version of it that comes later brings anything back
CREATE TABLE "RedactedOrder" (
    "shop" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,

    CONSTRAINT "RedactedOrder_pkey" PRIMARY KEY ("shop", "orderId")
);
