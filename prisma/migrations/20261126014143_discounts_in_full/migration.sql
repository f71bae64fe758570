-- AlterTable
ALTER TABLE "Discount" ADD COLUMN     "buyersKind" TEXT NOT NULL DEFAULT 'all',
ADD COLUMN     "combinesProducts" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "combinesShipping" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "cycles" INTEGER,
ADD COLUMN     "items" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "itemsKind" TEXT NOT NULL DEFAULT 'all',
ADD COLUMN     "minimumQuantity" INTEGER,
ADD COLUMN     "purchases" TEXT NOT NULL DEFAULT 'one-time',
ADD COLUMN     "segments" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[];
