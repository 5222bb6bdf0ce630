-- AlterTable
ALTER TABLE "Run" ADD COLUMN "throttledMs" REAL;
