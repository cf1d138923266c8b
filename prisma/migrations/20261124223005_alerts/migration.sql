-- CreateEnum
CREATE TYPE "AlertState" AS ENUM ('waiting', 'sent', 'failed', 'withdrawn');

-- CreateTable
CREATE TABLE "AlertDelivery" (
    "id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "handshakeId" TEXT,
    "body" TEXT,
    "state" "AlertState" NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextAt" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "AlertDelivery_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "AlertDelivery_nextAt_idx" ON "AlertDelivery"("nextAt");

-- CreateIndex
CREATE INDEX "AlertDelivery_createdAt_id_idx" ON "AlertDelivery"("createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "AlertDelivery_handshakeId_idx" ON "AlertDelivery"("handshakeId");
