-- A refund may say something else later on: the newest version is kept, and when it was told.
ALTER TABLE "Refund" ADD COLUMN "versionAt" TIMESTAMPTZ(3);
UPDATE "Refund" SET "versionAt" = "receivedAt";
ALTER TABLE "Refund" ALTER COLUMN "versionAt" SET NOT NULL;
