-- CreateTable
CREATE TABLE "Upload" (
    "id" UUID NOT NULL,
    "shop" TEXT NOT NULL,
    "discountId" UUID NOT NULL,
    "fileName" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "headings" TEXT NOT NULL,
    "mapping" JSONB NOT NULL,
    "counts" JSONB,
    "batchId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "UploadRow" (
    "uploadId" UUID NOT NULL,
    "shop" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "code" TEXT,
    "partnerId" TEXT,
    "startsAt" TIMESTAMPTZ(3),
    "wrong" TEXT,

    CONSTRAINT "UploadRow_pkey" PRIMARY KEY ("uploadId","number")
);

-- CreateIndex
CREATE INDEX "Upload_shop_batchId_idx" ON "Upload"("shop", "batchId");

-- CreateIndex
CREATE INDEX "Upload_expiresAt_idx" ON "Upload"("expiresAt");

-- CreateIndex
CREATE INDEX "UploadRow_shop_idx" ON "UploadRow"("shop");

