ALTER TABLE "Reconciliation" ADD COLUMN "isFollowed" BOOLEAN NOT NULL DEFAULT false;
