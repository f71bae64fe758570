-- AlterTable
ALTER TABLE "Batch" ADD COLUMN     "startsAt" TIMESTAMPTZ(3);
