-- AlterTable
ALTER TABLE "BatchPart" ADD COLUMN     "tried" BOOLEAN NOT NULL DEFAULT false;

-- DropIndex
DROP INDEX "Code_shop_discountId_idx";

-- CreateIndex
CREATE INDEX "Code_shop_discountId_code_idx" ON "Code"("shop", "discountId", "code");

-- Nobody wrote down what Shopify was asked for: all of it may have been.
UPDATE "BatchPart" SET "tried" = true;
