-- Codes in a state by their time, whichever the state: those being made are the newest, and may be asked for oldest first.
DROP INDEX "Code_retired_by_time_idx";
DROP INDEX "Code_expired_by_time_idx";

-- CreateIndex
CREATE INDEX "Code_shop_shopifyState_createdAt_code_idx" ON "Code"("shop", "shopifyState", "createdAt", "code");

-- CreateIndex
CREATE INDEX "Code_shop_impactState_createdAt_code_idx" ON "Code"("shop", "impactState", "createdAt", "code");

-- Most codes are of no family: an index of those too is read in vain.
DROP INDEX "Code_familyId_idx";
CREATE INDEX "Code_familyId_idx" ON "Code" ("familyId") WHERE "familyId" IS NOT NULL;

-- What late-store.ts sums for each look at the Codes page, without reading an order: its conditions, as they stand there.
CREATE INDEX "Order_unassigned_idx" ON "Order" ("shop", "placedAt") INCLUDE ("orderId", "codes", "currency", "netMinor")
  WHERE "reason" IN ('not-a-partner-code', 'not-assigned-then') AND NOT ("deletedAt" IS NOT NULL
    OR COALESCE("facts"->>'cancelledAt', '') <> '' OR COALESCE("facts"->>'test', '') = 'true'
    OR COALESCE("facts"->>'financialStatus', '') IN ('refunded', 'voided', 'expired'));
