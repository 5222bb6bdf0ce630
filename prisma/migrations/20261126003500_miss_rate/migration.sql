-- AlterTable
ALTER TABLE "Run" ADD COLUMN "missRate" REAL;
