-- AlterTable
ALTER TABLE "Discount" ADD COLUMN     "deactivatedAt" TIMESTAMPTZ(3),
ADD COLUMN     "deletedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Reconciliation" ADD COLUMN     "discountId" UUID;

-- CreateTable
CREATE TABLE "SeenCode" (
    "shop" TEXT NOT NULL,
    "runId" UUID NOT NULL,
    "side" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "discountId" UUID,
    "promoCodeId" TEXT,
    "partnerId" TEXT,
    "endsAt" TIMESTAMPTZ(3),
    "isEnded" BOOLEAN NOT NULL DEFAULT false,
    "isPattern" BOOLEAN NOT NULL DEFAULT false,
    "oursThen" TEXT,

    CONSTRAINT "SeenCode_pkey" PRIMARY KEY ("shop","runId","side","code")
);

-- CreateTable
CREATE TABLE "CodeDifference" (
    "shop" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "codeId" UUID,
    "discountId" UUID,
    "ourPartnerId" TEXT,
    "theirPartnerId" TEXT,
    "promoCodeId" TEXT,
    "endsHere" TIMESTAMPTZ(3),
    "endsThere" TIMESTAMPTZ(3),
    "codes" INTEGER NOT NULL DEFAULT 1,
    "problem" TEXT,
    "seenBy" UUID NOT NULL,
    "foundAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CodeDifference_pkey" PRIMARY KEY ("shop","kind","subject")
);

-- Only patterns are looked up by their registration.
CREATE INDEX "SeenCode_patterns" ON "SeenCode"("shop", "runId") WHERE "isPattern";

-- CreateIndex
CREATE INDEX "CodeDifference_shop_foundAt_idx" ON "CodeDifference"("shop", "foundAt" DESC);

-- CreateIndex
CREATE INDEX "Discount_shop_shopifyId_idx" ON "Discount"("shop", "shopifyId");

