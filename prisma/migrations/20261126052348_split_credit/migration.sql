-- Every conversion so far is the whole of its order, with a code and a partner.
ALTER TABLE "Conversion" ADD COLUMN "part" JSONB,
                         ADD COLUMN "clickId" TEXT,
                         ADD COLUMN "standing" TEXT,
                         ADD COLUMN "standingProblem" TEXT,
                         ALTER COLUMN "partnerId" DROP NOT NULL,
                         ALTER COLUMN "code" DROP NOT NULL,
                         ADD CONSTRAINT "Conversion_earned_by" CHECK ("code" IS NOT NULL OR "clickId" IS NOT NULL),
                         ADD CONSTRAINT "Conversion_code_has_partner" CHECK ("code" IS NULL OR "partnerId" IS NOT NULL);

-- Parts are few. What they are never changes, so the index costs no change of their standing anything.
CREATE INDEX "Conversion_parts" ON "Conversion" ("shop", "orderId") WHERE "part" IS NOT NULL;

-- Who shares an order, where it is not one code's as a whole.
ALTER TABLE "Order" ADD COLUMN "shares" JSONB;
