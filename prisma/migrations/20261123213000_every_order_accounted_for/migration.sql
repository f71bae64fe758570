-- AlterTable
ALTER TABLE "Shop" ADD COLUMN     "amountBasis" TEXT NOT NULL DEFAULT 'net',
ADD COLUMN     "reportWhen" TEXT NOT NULL DEFAULT 'created';

-- AlterTable
ALTER TABLE "Delivery" ADD COLUMN     "failures" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "refund" JSONB;

-- AlterTable
ALTER TABLE "Order" ADD COLUMN     "deletedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Conversion" ADD COLUMN     "actionSeenAt" TIMESTAMPTZ(3),
ADD COLUMN     "amountBasis" TEXT NOT NULL DEFAULT 'net',
ADD COLUMN     "held" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "liveActionId" TEXT,
ADD COLUMN     "reversedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Submission" ADD COLUMN     "adjustmentId" UUID;

-- AlterTable
ALTER TABLE "ImpactBudget" ADD COLUMN     "failures" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "pausedUntil" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "Refund" (
    "shop" TEXT NOT NULL,
    "refundId" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "lines" JSONB NOT NULL,
    "adjustmentMinor" BIGINT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Refund_pkey" PRIMARY KEY ("shop","refundId")
);

-- CreateTable
CREATE TABLE "Adjustment" (
    "id" UUID NOT NULL,
    "shop" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "conversionId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "disposition" TEXT NOT NULL,
    "target" JSONB NOT NULL,
    "currency" TEXT NOT NULL,
    "fromMinor" BIGINT NOT NULL,
    "toMinor" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "leaseUntil" TIMESTAMPTZ(3),
    "nextAttemptAt" TIMESTAMPTZ(3),
    "problem" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "sentAt" TIMESTAMPTZ(3),
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "Adjustment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Reconciliation" (
    "id" UUID NOT NULL,
    "shop" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "fromAt" TIMESTAMPTZ(3) NOT NULL,
    "toAt" TIMESTAMPTZ(3) NOT NULL,
    "cursor" TEXT,
    "listed" INTEGER NOT NULL DEFAULT 0,
    "found" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "progressAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Reconciliation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Difference" (
    "shop" TEXT NOT NULL,
    "impactOrderId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "orderId" TEXT,
    "conversionId" UUID,
    "currency" TEXT,
    "oursMinor" BIGINT,
    "theirsMinor" BIGINT,
    "ourPartnerId" TEXT,
    "theirPartnerId" TEXT,
    "seenBy" UUID NOT NULL,
    "foundAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Difference_pkey" PRIMARY KEY ("shop","impactOrderId","kind")
);

-- CreateTable
CREATE TABLE "ComplianceRecord" (
    "id" UUID NOT NULL,
    "shop" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "webhookId" TEXT NOT NULL,
    "orderIds" TEXT[],
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "doneAt" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT NOT NULL,

    CONSTRAINT "ComplianceRecord_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Refund_shop_orderId_idx" ON "Refund"("shop", "orderId");

-- CreateIndex
CREATE INDEX "Adjustment_shop_orderId_idx" ON "Adjustment"("shop", "orderId");

-- CreateIndex
CREATE INDEX "Adjustment_shop_conversionId_idx" ON "Adjustment"("shop", "conversionId");

-- CreateIndex
CREATE INDEX "Adjustment_shop_state_createdAt_idx" ON "Adjustment"("shop", "state", "createdAt");

-- CreateIndex
CREATE INDEX "Reconciliation_shop_kind_startedAt_idx" ON "Reconciliation"("shop", "kind", "startedAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "ComplianceRecord_shop_webhookId_key" ON "ComplianceRecord"("shop", "webhookId");

-- CreateIndex
CREATE INDEX "Order_shop_reason_placedAt_orderId_idx" ON "Order"("shop", "reason", "placedAt" DESC, "orderId");

-- CreateIndex
CREATE INDEX "Order_shop_updatedAt_idx" ON "Order"("shop", "updatedAt");


-- At most one adjustment of a conversion is on its way, which the schema file cannot say.
CREATE UNIQUE INDEX "Adjustment_one_open_per_conversion" ON "Adjustment" ("conversionId") WHERE "state" IN ('ready', 'sending', 'sent');
