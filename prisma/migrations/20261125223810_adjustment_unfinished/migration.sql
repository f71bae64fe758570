-- AlterTable
ALTER TABLE "Adjustment" ADD COLUMN     "unfinished" INTEGER NOT NULL DEFAULT 0;

