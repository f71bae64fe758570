-- AlterTable
ALTER TABLE "Code" ADD COLUMN     "isHeld" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "registeredUntil" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Batch" ADD COLUMN     "change" JSONB,
ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'make',
ALTER COLUMN "discountId" DROP NOT NULL;

-- CreateTable
CREATE TABLE "Change" (
    "batchId" UUID NOT NULL,
    "codeId" UUID NOT NULL,
    "shop" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "problem" TEXT,
    "removalId" TEXT,
    "newCodeId" UUID,
    "startedAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "Change_pkey" PRIMARY KEY ("batchId","codeId")
);

-- CreateIndex
CREATE INDEX "Change_batchId_state_stage_idx" ON "Change"("batchId", "state", "stage");

-- CreateIndex
CREATE INDEX "Change_codeId_idx" ON "Change"("codeId");

-- CreateIndex
CREATE INDEX "Change_shop_idx" ON "Change"("shop");

-- AddForeignKey
ALTER TABLE "Change" ADD CONSTRAINT "Change_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "Batch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Change" ADD CONSTRAINT "Change_codeId_fkey" FOREIGN KEY ("codeId") REFERENCES "Code"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- One change of a code at a time.
CREATE UNIQUE INDEX "Change_one_open" ON "Change"("codeId") WHERE "state" = 'open';
