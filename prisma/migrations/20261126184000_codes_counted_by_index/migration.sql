-- What the Codes page counts by one filter beside another, and sorts few by, without reading a code's row.
DROP INDEX "Code_shop_partnerId_code_idx";
CREATE INDEX "Code_shop_partnerId_code_idx" ON "Code" ("shop", "partnerId", "code")
  INCLUDE ("shopifyState", "impactState", "lastUsedAt", "discountId", "createdAt");

DROP INDEX "Code_shop_discountId_code_idx";
CREATE INDEX "Code_shop_discountId_code_idx" ON "Code" ("shop", "discountId", "code")
  INCLUDE ("shopifyState", "impactState", "lastUsedAt", "createdAt");

DROP INDEX "Code_shop_shopifyState_impactState_code_idx";
CREATE INDEX "Code_shop_shopifyState_impactState_code_idx"
  ON "Code" ("shop", "shopifyState", "impactState", "code")
  INCLUDE ("lastUsedAt", "partnerId", "discountId", "createdAt");

DROP INDEX "Code_shop_impactState_code_idx";
CREATE INDEX "Code_shop_impactState_code_idx" ON "Code" ("shop", "impactState", "code")
  INCLUDE ("lastUsedAt", "partnerId", "discountId", "createdAt");
