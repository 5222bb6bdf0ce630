-- AlterTable
ALTER TABLE "Profile" ADD COLUMN "conditions" TEXT;

-- CreateTable
CREATE TABLE "SwitchCost" (
    "unit" TEXT NOT NULL,
    "fromModel" TEXT NOT NULL,
    "toModel" TEXT NOT NULL,
    "ms" REAL NOT NULL,
    "ciMs" REAL,
    "samples" INTEGER NOT NULL,
    "measuredAt" DATETIME NOT NULL,
    "conditions" TEXT,

    PRIMARY KEY ("unit", "fromModel", "toModel")
);

-- CreateTable
CREATE TABLE "CoRun" (
    "unit" TEXT NOT NULL,
    "beside" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "besideModel" TEXT NOT NULL,
    "factor" REAL NOT NULL,
    "ci" REAL,
    "samples" INTEGER NOT NULL,
    "measuredAt" DATETIME NOT NULL,
    "conditions" TEXT,

    PRIMARY KEY ("unit", "beside")
);
