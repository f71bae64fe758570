-- AlterTable
ALTER TABLE "Code" ADD COLUMN     "familyId" UUID;

-- CreateTable
CREATE TABLE "CodeFamily" (
    "id" UUID NOT NULL,
    "shop" TEXT NOT NULL,
    "partnerId" TEXT NOT NULL,
    "shape" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "promoCodeId" TEXT,
    "problem" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "leaseUntil" TIMESTAMPTZ(3),
    "registeredAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CodeFamily_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "CodeFamily_shop_shape_key" ON "CodeFamily"("shop", "shape");

-- CreateIndex
CREATE INDEX "Code_familyId_idx" ON "Code"("familyId");

-- AddForeignKey
ALTER TABLE "Code" ADD CONSTRAINT "Code_familyId_fkey" FOREIGN KEY ("familyId") REFERENCES "CodeFamily"("id") ON DELETE SET NULL ON UPDATE CASCADE;

