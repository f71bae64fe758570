-- DropIndex
DROP INDEX "Conversion_shop_code_state_idx";

-- DropIndex
DROP INDEX "Conversion_state_nextAttemptAt_idx";

-- CreateIndex
CREATE INDEX "Conversion_shop_code_idx" ON "Conversion"("shop", "code");


-- Room for a row's next version on its own page, which the schema file cannot say: no index is touched then.
ALTER TABLE "Conversion" SET (fillfactor = 40);
ALTER TABLE "Submission" SET (fillfactor = 60);
