-- AlterTable
ALTER TABLE "Conversion" ADD COLUMN     "unfinished" INTEGER NOT NULL DEFAULT 0;
