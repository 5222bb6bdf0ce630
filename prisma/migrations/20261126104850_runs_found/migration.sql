-- AlterTable
ALTER TABLE "Run" ADD COLUMN "archivedAt" DATETIME;

-- CreateTable
CREATE TABLE "ExperimentFacet" (
    "field" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "experimentId" INTEGER NOT NULL,

    PRIMARY KEY ("field", "value", "experimentId"),
    CONSTRAINT "ExperimentFacet_experimentId_fkey" FOREIGN KEY ("experimentId") REFERENCES "Experiment" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "RunTag" (
    "tag" TEXT NOT NULL,
    "runId" INTEGER NOT NULL,

    PRIMARY KEY ("tag", "runId"),
    CONSTRAINT "RunTag_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "RunRemark" (
    "runId" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "text" TEXT NOT NULL,
    CONSTRAINT "RunRemark_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "DeletedRun" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "experimentId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "repeat" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "startedAt" DATETIME,
    "jobs" INTEGER NOT NULL,
    "done" INTEGER NOT NULL,
    "throughput" REAL,
    "makespanMs" REAL,
    "p99Ms" REAL,
    "spec" TEXT NOT NULL,
    "deletedAt" DATETIME NOT NULL,
    "deletedBy" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "SavedView" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "ExperimentFacet_experimentId_idx" ON "ExperimentFacet"("experimentId");

-- CreateIndex
CREATE INDEX "RunTag_runId_idx" ON "RunTag"("runId");

-- CreateIndex
CREATE INDEX "Run_list_idx" ON "Run"("id", "archivedAt", "status", "policy", "source", "experimentId", "name", "repeat", "createdAt", "startedAt", "jobs", "failed", "throughput", "makespanMs", "meanMs", "p50Ms", "p95Ms", "p99Ms", "utilisation", "switches", "missRate");

-- What earlier experiments can be found by. `tinker.npu` is a unit under that name and as plain `npu`.
INSERT OR IGNORE INTO "ExperimentFacet" ("field", "value", "experimentId")
SELECT 'model', json_extract(model.value, '$.id'), "Experiment"."id" FROM "Experiment", json_each("spec", '$.models') AS model
UNION SELECT 'unit', unit.value, "Experiment"."id" FROM "Experiment", json_each("spec", '$.units') AS unit
UNION SELECT 'unit', substr(unit.value, instr(unit.value, '.') + 1), "Experiment"."id" FROM "Experiment", json_each("spec", '$.units') AS unit
UNION SELECT 'board', substr(unit.value, 1, instr(unit.value, '.') - 1), "Experiment"."id" FROM "Experiment", json_each("spec", '$.units') AS unit
WHERE instr(unit.value, '.') > 0
UNION SELECT 'workload', json_extract("spec", '$.workload.kind'), "Experiment"."id" FROM "Experiment"
UNION SELECT 'by', lower("createdBy"), "Experiment"."id" FROM "Experiment";
