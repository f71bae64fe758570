-- A click by which an order was reported, and impact.com would pay nobody
CREATE TABLE "ClickRefusal" (
    "shop" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "clickId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "refusedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ClickRefusal_pkey" PRIMARY KEY ("shop","orderId","clickId")
);
