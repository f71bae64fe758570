-- AlterTable
ALTER TABLE "Conversion" ADD COLUMN     "wasReversed" BOOLEAN NOT NULL DEFAULT false;

-- What is known already: until now only these went out under another order id.
UPDATE "Conversion" SET "wasReversed" = true WHERE "impactOrderId" <> "orderId";
