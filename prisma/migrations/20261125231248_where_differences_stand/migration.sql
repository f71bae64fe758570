-- AlterTable
ALTER TABLE "Difference" ADD COLUMN     "programId" TEXT;

