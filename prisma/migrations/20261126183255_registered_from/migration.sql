-- AlterTable
ALTER TABLE "Code" ADD COLUMN "registeredFrom" TIMESTAMPTZ(3);

-- Registrations of discounts that are to begin later
UPDATE "Code" code SET "registeredFrom" = discount."startsAt"
FROM "Discount" discount
WHERE discount."id" = code."discountId" AND discount."startsAt" > now()
  AND code."impactState" = 'registered' AND code."familyId" IS NULL;
