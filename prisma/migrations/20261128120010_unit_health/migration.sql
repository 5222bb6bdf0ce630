-- CreateTable
CREATE TABLE "ProfileRecord" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "unit" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "meanMs" REAL NOT NULL,
    "p50Ms" REAL NOT NULL,
    "p95Ms" REAL NOT NULL,
    "p99Ms" REAL NOT NULL,
    "ciMs" REAL,
    "loadMs" REAL NOT NULL,
    "samples" INTEGER NOT NULL,
    "outliers" INTEGER NOT NULL,
    "measuredAt" DATETIME NOT NULL,
    "conditions" TEXT
);

-- CreateTable
CREATE TABLE "UnitEvent" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "unit" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "who" TEXT,
    "run" INTEGER
);

-- CreateTable
CREATE TABLE "UnitExclusion" (
    "unit" TEXT NOT NULL PRIMARY KEY,
    "reason" TEXT NOT NULL,
    "who" TEXT NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "ProfileRecord_model_unit_measuredAt_idx" ON "ProfileRecord"("model", "unit", "measuredAt");

-- CreateIndex
CREATE INDEX "UnitEvent_unit_id_idx" ON "UnitEvent"("unit", "id");

-- What is known already is where the history begins.
INSERT INTO "ProfileRecord" ("unit", "model", "meanMs", "p50Ms", "p95Ms", "p99Ms", "ciMs", "loadMs", "samples", "outliers", "measuredAt", "conditions")
SELECT "unit", "model", "meanMs", COALESCE("p50Ms", "meanMs"), "p95Ms", COALESCE("p99Ms", "p95Ms"), "ciMs", "loadMs", "samples", COALESCE("outliers", 0), "measuredAt", "conditions"
FROM "Profile" WHERE "source" = 'measured';
