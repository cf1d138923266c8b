-- CreateTable
CREATE TABLE "HandshakeShare" (
    "id" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "handshakeId" TEXT NOT NULL,
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "withdrawnAt" TIMESTAMPTZ(3),

    CONSTRAINT "HandshakeShare_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "HandshakeShare_tokenHash_key" ON "HandshakeShare"("tokenHash");

-- CreateIndex
CREATE INDEX "HandshakeShare_handshakeId_createdAt_idx" ON "HandshakeShare"("handshakeId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "HandshakeShare_expiresAt_idx" ON "HandshakeShare"("expiresAt");
