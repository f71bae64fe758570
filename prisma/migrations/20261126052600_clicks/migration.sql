-- What the checkout's pixel told of clicks: one for each checkout, which is named by a hash of its token.
CREATE TABLE "Click" (
    "shop" TEXT NOT NULL,
    "checkoutHash" TEXT NOT NULL,
    "clickId" TEXT NOT NULL,
    "seenAt" TIMESTAMPTZ(3),
    "orderId" TEXT,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Click_pkey" PRIMARY KEY ("shop", "checkoutHash")
);

CREATE INDEX "Click_shop_orderId_idx" ON "Click"("shop", "orderId");
CREATE INDEX "Click_receivedAt_idx" ON "Click"("receivedAt");
