-- CreateTable
CREATE TABLE "RegistrationFile" (
    "id" UUID NOT NULL,
    "shop" TEXT NOT NULL,
    "programId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "codes" INTEGER NOT NULL,
    "parts" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "uploadedAt" TIMESTAMPTZ(3),
    "lookId" UUID NOT NULL,
    "looks" INTEGER NOT NULL DEFAULT 0,
    "lookedAt" TIMESTAMPTZ(3),
    "nextLookAt" TIMESTAMPTZ(3),
    "problem" TEXT,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "RegistrationFile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FileCode" (
    "fileId" UUID NOT NULL,
    "codeId" UUID NOT NULL,
    "shop" TEXT NOT NULL,
    "part" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "problem" TEXT,

    CONSTRAINT "FileCode_pkey" PRIMARY KEY ("fileId","codeId")
);

-- CreateIndex
CREATE INDEX "RegistrationFile_shop_createdAt_idx" ON "RegistrationFile"("shop", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "FileCode_fileId_state_part_idx" ON "FileCode"("fileId", "state", "part");

-- CreateIndex
CREATE INDEX "FileCode_codeId_idx" ON "FileCode"("codeId");

-- CreateIndex
CREATE INDEX "FileCode_shop_idx" ON "FileCode"("shop");

-- AddForeignKey
ALTER TABLE "FileCode" ADD CONSTRAINT "FileCode_codeId_fkey" FOREIGN KEY ("codeId") REFERENCES "Code"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A code waits in one file at most: nobody else may register it meanwhile.
CREATE UNIQUE INDEX "FileCode_waiting_key" ON "FileCode" ("codeId") WHERE "state" = 'waiting';
