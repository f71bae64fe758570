-- CreateTable
CREATE TABLE "Adoption" (
    "id" UUID NOT NULL,
    "shop" TEXT NOT NULL,
    "draftKey" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "plan" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,
    "startsAt" TIMESTAMPTZ(3),
    "batchId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Adoption_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AdoptionDiscount" (
    "adoptionId" UUID NOT NULL,
    "shop" TEXT NOT NULL,
    "shopifyId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "codesCount" INTEGER NOT NULL DEFAULT 0,
    "isRead" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "AdoptionDiscount_pkey" PRIMARY KEY ("adoptionId","shopifyId")
);

-- CreateTable
CREATE TABLE "AdoptionCode" (
    "adoptionId" UUID NOT NULL,
    "shop" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "shopifyId" TEXT,
    "atImpact" JSONB,
    "namedId" TEXT,
    "verdict" TEXT,
    "partnerId" TEXT,
    "because" TEXT,
    "problem" TEXT,
    "isTaken" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "AdoptionCode_pkey" PRIMARY KEY ("adoptionId","code")
);

-- CreateIndex
CREATE INDEX "Adoption_shop_batchId_idx" ON "Adoption"("shop", "batchId");

-- CreateIndex
CREATE INDEX "Adoption_expiresAt_idx" ON "Adoption"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "Adoption_shop_draftKey_key" ON "Adoption"("shop", "draftKey");

-- CreateIndex
CREATE INDEX "AdoptionDiscount_shop_idx" ON "AdoptionDiscount"("shop");

-- CreateIndex
CREATE INDEX "AdoptionCode_shop_idx" ON "AdoptionCode"("shop");

