-- Codes of a batch that were made again by another batch: the first one's page counts them on.
CREATE TABLE "MadeAgain" (
  "shop" TEXT NOT NULL,
  "batchId" UUID NOT NULL,
  "codeId" UUID NOT NULL,
  CONSTRAINT "MadeAgain_pkey" PRIMARY KEY ("batchId", "codeId"),
  CONSTRAINT "MadeAgain_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "Batch"("id")
    ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "MadeAgain_codeId_fkey" FOREIGN KEY ("codeId") REFERENCES "Code"("id")
    ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "MadeAgain_codeId_idx" ON "MadeAgain"("codeId");
CREATE INDEX "MadeAgain_shop_idx" ON "MadeAgain"("shop");
