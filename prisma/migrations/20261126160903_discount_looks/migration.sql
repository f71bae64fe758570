ALTER TABLE "Discount" ADD COLUMN "isDeactivatedHere" BOOLEAN NOT NULL DEFAULT false,
                       ADD COLUMN "lookAt" TIMESTAMPTZ(3);
