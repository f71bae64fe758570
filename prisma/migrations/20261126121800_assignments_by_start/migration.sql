-- A partner's first and last code are found without reading those between
DROP INDEX "Assignment_shop_partnerId_idx";
CREATE INDEX "Assignment_shop_partnerId_startsAt_idx" ON "Assignment"("shop", "partnerId", "startsAt");
