-- What stood here before was no session that could be resumed: it had neither an id nor its opening.
DELETE FROM "McpSession";

-- CreateEnum
CREATE TYPE "SessionEnd" AS ENUM ('client', 'operator');

-- AlterTable
ALTER TABLE "McpSession" ADD COLUMN     "calls" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "endedAt" TIMESTAMPTZ(3),
ADD COLUMN     "endedBy" "SessionEnd",
ADD COLUMN     "idHash" TEXT NOT NULL,
ADD COLUMN     "initialize" TEXT NOT NULL,
ADD COLUMN     "toolListHash" TEXT NOT NULL;

-- CreateTable
CREATE TABLE "McpStreamEvent" (
    "id" BIGSERIAL NOT NULL,
    "sessionId" TEXT NOT NULL,
    "streamId" TEXT NOT NULL,
    "seq" INTEGER,
    "message" TEXT,
    "final" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "McpStreamEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "McpCarriedMessage" (
    "id" BIGSERIAL NOT NULL,
    "instanceId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "McpCarriedMessage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "McpOpenStream" (
    "instanceId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "McpOpenStream_pkey" PRIMARY KEY ("instanceId","sessionId")
);

-- CreateIndex
CREATE INDEX "McpStreamEvent_sessionId_streamId_id_idx" ON "McpStreamEvent"("sessionId", "streamId", "id");

-- CreateIndex
CREATE INDEX "McpStreamEvent_createdAt_idx" ON "McpStreamEvent"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "McpStreamEvent_sessionId_streamId_seq_key" ON "McpStreamEvent"("sessionId", "streamId", "seq");

-- CreateIndex
CREATE INDEX "McpCarriedMessage_instanceId_id_idx" ON "McpCarriedMessage"("instanceId", "id");

-- CreateIndex
CREATE INDEX "McpCarriedMessage_createdAt_idx" ON "McpCarriedMessage"("createdAt");

-- CreateIndex
CREATE INDEX "McpOpenStream_sessionId_idx" ON "McpOpenStream"("sessionId");

-- CreateIndex
CREATE INDEX "McpOpenStream_seenAt_idx" ON "McpOpenStream"("seenAt");

-- CreateIndex
CREATE UNIQUE INDEX "McpSession_idHash_key" ON "McpSession"("idHash");

-- CreateIndex
CREATE INDEX "McpSession_lastSeenAt_id_idx" ON "McpSession"("lastSeenAt" DESC, "id" DESC);

-- AddForeignKey
ALTER TABLE "McpStreamEvent" ADD CONSTRAINT "McpStreamEvent_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "McpSession"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "McpCarriedMessage" ADD CONSTRAINT "McpCarriedMessage_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "McpSession"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "McpOpenStream" ADD CONSTRAINT "McpOpenStream_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "McpSession"("id") ON DELETE CASCADE ON UPDATE CASCADE;
