-- AlterTable
ALTER TABLE "UnitOption" ADD COLUMN "switchMs" REAL;
