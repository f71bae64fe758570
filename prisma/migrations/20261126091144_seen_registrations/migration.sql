-- Two registrations of one code are two rows
UPDATE "SeenCode" SET "promoCodeId" = '' WHERE "promoCodeId" IS NULL;
ALTER TABLE "SeenCode" DROP CONSTRAINT "SeenCode_pkey",
ALTER COLUMN "promoCodeId" SET DEFAULT '',
ALTER COLUMN "promoCodeId" SET NOT NULL,
ADD COLUMN "creditPolicy" TEXT,
ADD COLUMN "startsAt" TIMESTAMPTZ(3),
ADD CONSTRAINT "SeenCode_pkey" PRIMARY KEY ("shop", "runId", "side", "code", "promoCodeId");
ALTER TABLE "CodeDifference" ADD COLUMN "creditPolicy" TEXT,
ADD COLUMN "startsThere" TIMESTAMPTZ(3);
