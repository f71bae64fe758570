-- CreateTable
CREATE TABLE "AdoptionRow" (
    "adoptionId" UUID NOT NULL,
    "shop" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "wrong" TEXT NOT NULL,

    CONSTRAINT "AdoptionRow_pkey" PRIMARY KEY ("adoptionId","number")
);

-- CreateIndex
CREATE INDEX "AdoptionRow_shop_idx" ON "AdoptionRow"("shop");
