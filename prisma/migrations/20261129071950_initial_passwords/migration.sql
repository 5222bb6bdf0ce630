-- AlterTable
ALTER TABLE "User" ADD COLUMN "initial" BOOLEAN NOT NULL DEFAULT false;
