-- AlterTable
ALTER TABLE "UnitOption" ADD COLUMN "modelSlots" INTEGER;

-- CreateTable
CREATE TABLE "OwnUnit" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "definition" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL
);
