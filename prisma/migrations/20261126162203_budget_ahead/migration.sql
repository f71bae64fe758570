ALTER TABLE "ImpactBudget" ADD COLUMN "ahead" INTEGER NOT NULL DEFAULT 0,
                           ADD COLUMN "aheadBefore" INTEGER NOT NULL DEFAULT 0;
