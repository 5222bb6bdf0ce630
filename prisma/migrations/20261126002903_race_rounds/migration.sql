-- CreateTable
CREATE TABLE "RaceRound" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "runId" INTEGER NOT NULL,
    "round" TEXT NOT NULL,
    CONSTRAINT "RaceRound_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "RaceRound_runId_idx" ON "RaceRound"("runId");
