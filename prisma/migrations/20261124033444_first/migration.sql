-- CreateTable
CREATE TABLE "User" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "password" TEXT,
    "role" TEXT NOT NULL,
    "owner" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "Session" (
    "hash" TEXT NOT NULL PRIMARY KEY,
    "userId" INTEGER NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "lastSeenAt" DATETIME NOT NULL,
    CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Claim" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "hash" TEXT NOT NULL,
    "usedAt" DATETIME
);

-- CreateTable
CREATE TABLE "Experiment" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "spec" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "ratePerS" REAL,
    "boundThroughput" REAL,
    "createdBy" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "startedAt" DATETIME,
    "endedAt" DATETIME
);

-- CreateTable
CREATE TABLE "Run" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "experimentId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "repeat" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "reason" TEXT,
    "createdAt" DATETIME NOT NULL,
    "startedAt" DATETIME,
    "endedAt" DATETIME,
    "jobs" INTEGER NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "throughput" REAL,
    "makespanMs" REAL,
    "meanMs" REAL,
    "p50Ms" REAL,
    "p95Ms" REAL,
    "p99Ms" REAL,
    "utilisation" REAL,
    "switches" INTEGER,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "plan" TEXT,
    "figures" TEXT,
    "predicted" TEXT,
    "quality" TEXT,
    CONSTRAINT "Run_experimentId_fkey" FOREIGN KEY ("experimentId") REFERENCES "Experiment" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "TraceChunk" (
    "runId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "firstSeq" INTEGER NOT NULL,
    "rows" INTEGER NOT NULL,
    "data" BLOB NOT NULL,

    PRIMARY KEY ("runId", "number"),
    CONSTRAINT "TraceChunk_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "RunNote" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "runId" INTEGER NOT NULL,
    "atMs" REAL NOT NULL,
    "kind" TEXT NOT NULL,
    "unit" TEXT,
    "text" TEXT NOT NULL,
    CONSTRAINT "RunNote_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Answer" (
    "runId" INTEGER NOT NULL,
    "unit" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "input" INTEGER NOT NULL,
    "top" TEXT NOT NULL,

    PRIMARY KEY ("runId", "unit", "model", "input"),
    CONSTRAINT "Answer_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Profile" (
    "unit" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "meanMs" REAL NOT NULL,
    "p95Ms" REAL NOT NULL,
    "loadMs" REAL NOT NULL,
    "samples" INTEGER NOT NULL,
    "measuredAt" DATETIME NOT NULL,

    PRIMARY KEY ("unit", "model")
);

-- CreateTable
CREATE TABLE "Board" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "table" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "UnitOption" (
    "unit" TEXT NOT NULL PRIMARY KEY,
    "threads" INTEGER NOT NULL,
    "cores" TEXT
);

-- CreateIndex
CREATE UNIQUE INDEX "User_name_key" ON "User"("name");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE INDEX "Experiment_status_idx" ON "Experiment"("status");

-- CreateIndex
CREATE INDEX "Run_experimentId_idx" ON "Run"("experimentId");

-- CreateIndex
CREATE INDEX "Run_status_idx" ON "Run"("status");

-- CreateIndex
CREATE INDEX "Run_policy_idx" ON "Run"("policy");

-- CreateIndex
CREATE INDEX "Run_throughput_idx" ON "Run"("throughput");

-- CreateIndex
CREATE INDEX "Run_makespanMs_idx" ON "Run"("makespanMs");

-- CreateIndex
CREATE INDEX "Run_p50Ms_idx" ON "Run"("p50Ms");

-- CreateIndex
CREATE INDEX "Run_p99Ms_idx" ON "Run"("p99Ms");

-- CreateIndex
CREATE INDEX "Run_utilisation_idx" ON "Run"("utilisation");

-- CreateIndex
CREATE INDEX "Run_startedAt_idx" ON "Run"("startedAt");

-- CreateIndex
CREATE INDEX "RunNote_runId_idx" ON "RunNote"("runId");
