-- AlterTable
ALTER TABLE "Reconciliation" ADD COLUMN     "otherCurrency" INTEGER NOT NULL DEFAULT 0;

