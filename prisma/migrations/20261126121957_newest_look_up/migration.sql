-- The rules page asks for the newest one: without it every look-up of the shop is read and sorted.
CREATE INDEX "ClickLookUp_shop_lookedAt_idx" ON "ClickLookUp"("shop", "lookedAt" DESC);
