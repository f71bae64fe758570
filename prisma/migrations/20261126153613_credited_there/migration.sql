-- What somebody else than this app has reported of an order stays known until impact.com shows that it is gone.
CREATE TABLE "CreditedThere" (
    "shop" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "programId" TEXT NOT NULL,
    "partnerId" TEXT,
    "currency" TEXT,
    "amountMinor" BIGINT,
    "eventAt" TIMESTAMPTZ(3),
    "foundAt" TIMESTAMPTZ(3) NOT NULL,
    "seenBy" UUID NOT NULL,

    CONSTRAINT "CreditedThere_pkey" PRIMARY KEY ("shop","orderId","programId")
);

ALTER TABLE "Difference" ADD COLUMN     "eventAt" TIMESTAMPTZ(3);

UPDATE "Difference" d
SET "eventAt" = COALESCE(
      (SELECT c."eventAt" FROM "Conversion" c WHERE c."id" = d."conversionId"),
      (SELECT o."placedAt" FROM "Order" o WHERE o."shop" = d."shop" AND o."orderId" = d."orderId")),
    "programId" = COALESCE(d."programId", (SELECT p."programId" FROM "Program" p WHERE p."shop" = d."shop"));

INSERT INTO "CreditedThere" ("shop", "orderId", "programId", "partnerId", "currency", "amountMinor",
                             "eventAt", "foundAt", "seenBy")
SELECT d."shop", d."orderId", COALESCE(d."programId", ''), d."theirPartnerId", d."currency",
       d."theirsMinor", d."eventAt", d."foundAt", d."seenBy"
FROM "Difference" d WHERE d."kind" = 'unknown-here' AND d."orderId" IS NOT NULL
ON CONFLICT DO NOTHING;

-- Of these what was seen is gone already, and in which program it stood
INSERT INTO "CreditedThere" ("shop", "orderId", "programId", "eventAt", "foundAt", "seenBy")
SELECT o."shop", o."orderId", '', o."placedAt", o."stateSince", gen_random_uuid()
FROM "Order" o WHERE o."reason" = 'credited-there' AND NOT EXISTS (
  SELECT 1 FROM "CreditedThere" c WHERE c."shop" = o."shop" AND c."orderId" = o."orderId");
