-- CreateTable
CREATE TABLE "Retention" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "newestRuns" INTEGER,
    "days" INTEGER
);
