CREATE TABLE "ReplayLookUp" (
  "shop" TEXT NOT NULL,
  "clickId" TEXT NOT NULL,
  "verdict" TEXT NOT NULL,
  "partnerId" TEXT,
  "partnerName" TEXT,
  "clickedAt" TIMESTAMPTZ(3),
  "lookedAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "ReplayLookUp_pkey" PRIMARY KEY ("shop", "clickId")
);

CREATE INDEX "ReplayLookUp_shop_lookedAt_idx" ON "ReplayLookUp" ("shop", "lookedAt" DESC);
