-- Who else is of one registration, asked for each code that ends. Those without one cost it nothing.
CREATE INDEX "Code_impactPromoCodeId_idx" ON "Code" ("impactPromoCodeId") WHERE "impactPromoCodeId" IS NOT NULL;
