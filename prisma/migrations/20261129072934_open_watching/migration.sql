-- CreateTable
CREATE TABLE "AccessRules" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "openWatching" BOOLEAN NOT NULL DEFAULT false
);
