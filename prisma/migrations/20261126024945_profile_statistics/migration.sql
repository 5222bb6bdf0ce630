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

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Profile" (
    "unit" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "meanMs" REAL NOT NULL,
    "p50Ms" REAL,
    "p95Ms" REAL NOT NULL,
    "p99Ms" REAL,
    "ciMs" REAL,
    "loadMs" REAL NOT NULL,
    "samples" INTEGER NOT NULL,
    "outliers" INTEGER NOT NULL DEFAULT 0,
    "measuredAt" DATETIME NOT NULL,
    "conditions" TEXT,

    PRIMARY KEY ("unit", "model")
);
INSERT INTO "new_Profile" ("loadMs", "meanMs", "measuredAt", "model", "p95Ms", "samples", "source", "unit") SELECT "loadMs", "meanMs", "measuredAt", "model", "p95Ms", "samples", "source", "unit" FROM "Profile";
DROP TABLE "Profile";
ALTER TABLE "new_Profile" RENAME TO "Profile";
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
