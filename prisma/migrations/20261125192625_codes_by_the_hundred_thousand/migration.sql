-- AlterTable
ALTER TABLE "Code" ADD COLUMN     "batchId" UUID,
ADD COLUMN     "part" INTEGER;

-- AlterTable
ALTER TABLE "Batch" DROP COLUMN "bulkCreationId",
ADD COLUMN     "codes" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "draftKey" TEXT,
ADD COLUMN     "leaseUntil" TIMESTAMPTZ(3),
ADD COLUMN     "plan" JSONB;

-- CreateTable
CREATE TABLE "BatchPart" (
    "batchId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "codes" INTEGER NOT NULL,
    "live" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "bulkCreationId" TEXT,
    "askedAt" TIMESTAMPTZ(3),
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "BatchPart_pkey" PRIMARY KEY ("batchId","number")
);

-- CreateIndex
CREATE INDEX "BatchPart_batchId_state_idx" ON "BatchPart"("batchId", "state");

-- CreateIndex
CREATE INDEX "Code_batchId_part_idx" ON "Code"("batchId", "part");

-- CreateIndex
CREATE UNIQUE INDEX "Batch_shop_draftKey_key" ON "Batch"("shop", "draftKey");

-- CreateIndex
CREATE INDEX "Batch_shop_createdAt_idx" ON "Batch"("shop", "createdAt" DESC);

-- AddForeignKey
ALTER TABLE "BatchPart" ADD CONSTRAINT "BatchPart_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "Batch"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- Batches from before there were parts: their codes get some, and what was asked of Shopify is asked again.
UPDATE "Code" code SET "batchId" = placed."batchId", "part" = placed."part"
FROM (
  SELECT code."id", batch."id" AS "batchId",
         ((row_number() OVER (PARTITION BY batch."id" ORDER BY code."createdAt", code."code") + 248) / 250)::int AS "part"
  FROM "Code" code
  JOIN LATERAL (SELECT "id" FROM "Batch" WHERE "discountId" = code."discountId"
                ORDER BY "createdAt" DESC LIMIT 1) batch ON TRUE
) placed
WHERE placed."id" = code."id";

INSERT INTO "BatchPart" ("batchId", "number", "state", "codes", "live", "failed")
SELECT "batchId", "part",
       CASE WHEN bool_or("shopifyState" = 'planned') THEN 'planned' ELSE 'done' END, count(*),
       count(*) FILTER (WHERE "shopifyState" = 'live'), count(*) FILTER (WHERE "shopifyState" = 'failed')
FROM "Code" WHERE "batchId" IS NOT NULL GROUP BY "batchId", "part";

UPDATE "Batch" batch SET "codes" = made."codes"
FROM (SELECT "batchId", sum("codes")::int AS "codes" FROM "BatchPart" GROUP BY "batchId") made
WHERE made."batchId" = batch."id";
