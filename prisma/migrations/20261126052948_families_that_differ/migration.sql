-- AlterTable
ALTER TABLE "CodeDifference" ADD COLUMN     "familyCodes" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "familyEndings" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "familyId" UUID,
ADD COLUMN     "isShared" BOOLEAN NOT NULL DEFAULT false;
