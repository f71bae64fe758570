-- AlterTable
ALTER TABLE "Code" ADD COLUMN     "endsAt" TIMESTAMPTZ(3),
ADD COLUMN     "reach" TEXT;

-- AlterTable
ALTER TABLE "UploadRow" ADD COLUMN     "endsAt" TIMESTAMPTZ(3),
ADD COLUMN     "reach" TEXT;

-- Codes with an end of their own are few, and asked for each hour.
CREATE INDEX "Code_shop_endsAt_idx" ON "Code" ("shop", "endsAt") WHERE "endsAt" IS NOT NULL AND "shopifyState" = 'live';
