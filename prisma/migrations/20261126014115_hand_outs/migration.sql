-- AlterTable
ALTER TABLE "Shop" ADD COLUMN     "host" TEXT,
ADD COLUMN     "landingPath" TEXT NOT NULL DEFAULT '/';
