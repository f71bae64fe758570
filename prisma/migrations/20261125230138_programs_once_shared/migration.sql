-- CreateTable
CREATE TABLE "ProgramUse" (
    "accountSid" TEXT NOT NULL,
    "programId" TEXT NOT NULL,
    "shop" TEXT NOT NULL,

    CONSTRAINT "ProgramUse_pkey" PRIMARY KEY ("accountSid","programId","shop")
);


-- As far as it is known who has reported where.
INSERT INTO "ProgramUse" ("accountSid", "programId", "shop")
SELECT a."accountSid", p."programId", a."shop" FROM "ImpactAccount" a JOIN "Program" p ON p."shop" = a."shop"
UNION
SELECT c."accountSid", c."programId", c."shop" FROM "Conversion" c WHERE c."accountSid" IS NOT NULL;
