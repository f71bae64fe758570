-- A click of a partner who had left before the order earns nobody anything
ALTER TABLE "Partner" ADD COLUMN "contractEndedAt" TIMESTAMPTZ(3);
UPDATE "Partner" SET "contractEndedAt" = "syncedAt" WHERE NOT "hasContract";
