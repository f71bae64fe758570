-- Both come with PostgreSQL, and whoever owns the database may create them: they find parts of a code.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;

-- AlterTable
ALTER TABLE "Code" ADD COLUMN     "lastUsedAt" TIMESTAMPTZ(3),
ADD COLUMN     "partnerId" TEXT;

-- CreateTable
CREATE TABLE "CodeView" (
    "id" UUID NOT NULL,
    "shop" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CodeView_pkey" PRIMARY KEY ("id")
);

-- What is known already.
UPDATE "Code" code SET "partnerId" = a."partnerId"
FROM "Assignment" a WHERE a."codeId" = code."id" AND a."endsAt" IS NULL;

UPDATE "Code" code SET "lastUsedAt" = used."at"
FROM (SELECT o."shop", typed."code", max(o."placedAt") AS "at"
      FROM "Order" o, unnest(o."codes") AS typed("code") GROUP BY 1, 2) used
WHERE code."shop" = used."shop" AND code."code" = used."code";

-- CreateIndex
CREATE UNIQUE INDEX "CodeView_shop_name_key" ON "CodeView"("shop", "name");

-- CreateIndex
CREATE INDEX "Code_shop_discountId_createdAt_code_idx" ON "Code"("shop", "discountId", "createdAt", "code");

-- CreateIndex
CREATE INDEX "Code_shop_partnerId_code_idx" ON "Code"("shop", "partnerId", "code");

-- CreateIndex
CREATE INDEX "Code_shop_shopifyState_code_idx" ON "Code"("shop", "shopifyState", "code");

-- CreateIndex
CREATE INDEX "Code_shop_impactState_code_idx" ON "Code"("shop", "impactState", "code");

-- CreateIndex
CREATE INDEX "Code_shop_createdAt_code_idx" ON "Code"("shop", "createdAt", "code");

-- CreateIndex
CREATE INDEX "Code_shop_part_of_code_idx" ON "Code" USING GIN ("shop" text_ops, "code" gin_trgm_ops);

-- By last use, those that were never used as one block.
CREATE INDEX "Code_shop_lastUsedAt_code_idx"
ON "Code" ("shop", COALESCE("lastUsedAt", '1970-01-01 00:00:00+00'::timestamptz), "code");

-- A code's partner is that of its open assignment, whoever writes one. Prisma parts a script at every
-- semicolon, those of a function's body too: in there they are written as \073.
CREATE FUNCTION "copyPartnerToCode"() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  UPDATE "Code" code SET "partnerId" = open."partnerId"
  FROM (SELECT (SELECT a."partnerId" FROM "Assignment" a
                WHERE a."codeId" = COALESCE(NEW."codeId", OLD."codeId") AND a."endsAt" IS NULL)) open("partnerId")
  WHERE code."id" = COALESCE(NEW."codeId", OLD."codeId")
    AND code."partnerId" IS DISTINCT FROM open."partnerId"\073
  RETURN NULL\073
END';

CREATE TRIGGER "Assignment_copy_partner" AFTER INSERT OR DELETE OR UPDATE ON "Assignment"
FOR EACH ROW EXECUTE FUNCTION "copyPartnerToCode"();
