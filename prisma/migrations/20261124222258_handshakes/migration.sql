-- CreateTable
CREATE TABLE "Handshake" (
    "id" TEXT NOT NULL,
    "retryOfId" TEXT,
    "surface" TEXT NOT NULL,
    "identification" TEXT,
    "era" TEXT,
    "clientId" TEXT,
    "clientName" TEXT,
    "userId" TEXT,
    "interactionId" TEXT,
    "grantId" TEXT,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "lastAt" TIMESTAMPTZ(3) NOT NULL,
    "verdict" TEXT NOT NULL,
    "verdictAt" TIMESTAMPTZ(3) NOT NULL,
    "stage" TEXT,
    "dueAt" TIMESTAMPTZ(3),
    "lookAgainAt" TIMESTAMPTZ(3),
    "connectedAt" TIMESTAMPTZ(3),
    "origin" TEXT,
    "unused" BOOLEAN NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Handshake_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "HandshakeEvent" (
    "eventId" BIGINT NOT NULL,
    "handshakeId" TEXT NOT NULL,
    "toldAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "HandshakeEvent_pkey" PRIMARY KEY ("eventId")
);

-- CreateTable
CREATE TABLE "HandshakeAlert" (
    "handshakeId" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "HandshakeAlert_pkey" PRIMARY KEY ("handshakeId","verdict")
);

-- CreateIndex
CREATE INDEX "Handshake_startedAt_id_idx" ON "Handshake"("startedAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Handshake_surface_startedAt_id_idx" ON "Handshake"("surface", "startedAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Handshake_surface_verdict_startedAt_id_idx" ON "Handshake"("surface", "verdict", "startedAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Handshake_verdict_startedAt_id_idx" ON "Handshake"("verdict", "startedAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Handshake_stage_startedAt_id_idx" ON "Handshake"("stage", "startedAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Handshake_clientId_startedAt_id_idx" ON "Handshake"("clientId", "startedAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Handshake_userId_startedAt_id_idx" ON "Handshake"("userId", "startedAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Handshake_unused_startedAt_id_idx" ON "Handshake"("unused", "startedAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Handshake_verdict_verdictAt_idx" ON "Handshake"("verdict", "verdictAt");

-- CreateIndex
CREATE INDEX "Handshake_grantId_idx" ON "Handshake"("grantId");

-- CreateIndex
CREATE INDEX "Handshake_interactionId_idx" ON "Handshake"("interactionId");

-- CreateIndex
CREATE INDEX "Handshake_retryOfId_idx" ON "Handshake"("retryOfId");

-- CreateIndex
CREATE INDEX "Handshake_lastAt_idx" ON "Handshake"("lastAt");

-- CreateIndex
CREATE INDEX "Handshake_lookAgainAt_idx" ON "Handshake"("lookAgainAt");

-- CreateIndex
CREATE INDEX "Handshake_changedAt_idx" ON "Handshake"("changedAt");

-- CreateIndex
CREATE INDEX "Handshake_origin_idx" ON "Handshake"("origin");

-- CreateIndex
CREATE INDEX "HandshakeEvent_handshakeId_eventId_idx" ON "HandshakeEvent"("handshakeId", "eventId");

-- CreateIndex
CREATE INDEX "HandshakeEvent_toldAt_idx" ON "HandshakeEvent"("toldAt");

-- CreateIndex
CREATE INDEX "HandshakeAlert_at_idx" ON "HandshakeAlert"("at");

-- AddForeignKey
ALTER TABLE "HandshakeEvent" ADD CONSTRAINT "HandshakeEvent_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "HandshakeEvent" ADD CONSTRAINT "HandshakeEvent_handshakeId_fkey" FOREIGN KEY ("handshakeId") REFERENCES "Handshake"("id") ON DELETE CASCADE ON UPDATE CASCADE;
