-- A refund may say something else later on: the newest version is kept, and when it was told.
-- The default is for processes of the release before, which go on until a deploy has handed over.
ALTER TABLE "Refund" ADD COLUMN "versionAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
UPDATE "Refund" SET "versionAt" = "receivedAt";
