-- CreateEnum
CREATE TYPE "ClientVersionCause" AS ENUM ('made', 'document', 'secret');

-- AlterTable
ALTER TABLE "AccessToken" ADD COLUMN     "refreshTokenId" TEXT;

-- AlterTable
ALTER TABLE "Client" ADD COLUMN     "kinHash" TEXT;

-- AlterTable
ALTER TABLE "Grant" ADD COLUMN     "label" TEXT;

-- CreateTable
CREATE TABLE "ClientVersion" (
    "id" BIGSERIAL NOT NULL,
    "clientId" TEXT NOT NULL,
    "cause" "ClientVersionCause" NOT NULL,
    "hash" TEXT NOT NULL,
    "metadata" JSONB NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ClientVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GrantDay" (
    "grantId" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "calls" INTEGER NOT NULL,

    CONSTRAINT "GrantDay_pkey" PRIMARY KEY ("grantId","day")
);

-- CreateIndex
CREATE INDEX "ClientVersion_clientId_id_idx" ON "ClientVersion"("clientId", "id" DESC);

-- CreateIndex
CREATE INDEX "GrantDay_day_idx" ON "GrantDay"("day");

-- CreateIndex
CREATE INDEX "Client_kinHash_createdAt_id_idx" ON "Client"("kinHash", "createdAt" DESC, "id" DESC);

-- AddForeignKey
ALTER TABLE "ClientVersion" ADD CONSTRAINT "ClientVersion_clientId_fkey" FOREIGN KEY ("clientId") REFERENCES "Client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GrantDay" ADD CONSTRAINT "GrantDay_grantId_fkey" FOREIGN KEY ("grantId") REFERENCES "Grant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What lib/oauth/client-kin.ts computes of a new client
UPDATE "Client" SET "kinHash" = encode(sha256(convert_to("name" || E'\n' || "authMethod" || E'\n' || array_to_string(array(
    SELECT uri FROM unnest("redirectUris") AS uri ORDER BY uri COLLATE "C"), E'\n'), 'UTF8')), 'hex')
WHERE "kind" = 'dynamic';

-- What clients said of themselves before there was a history
INSERT INTO "ClientVersion" ("clientId", "cause", "hash", "metadata", "seenAt")
SELECT "id", 'made', encode(sha256(convert_to("metadata"::text, 'UTF8')), 'hex'), "metadata", "createdAt"
FROM "Client" WHERE "kind" <> 'dynamic';

-- What happened to a grant, without what it was used for. Prisma has no word for a partial index.
CREATE INDEX "Event_grantId_id_changes_idx" ON "Event"("grantId", "id" DESC) 
    WHERE "grantId" IS NOT NULL AND "name" NOT LIKE 'mcp.%';
