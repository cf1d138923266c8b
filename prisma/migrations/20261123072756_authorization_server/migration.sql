-- AlterTable
ALTER TABLE "Client" ADD COLUMN     "createdById" TEXT,
ADD COLUMN     "documentFreshUntil" TIMESTAMPTZ(3),
ADD COLUMN     "documentHash" TEXT,
ADD COLUMN     "registrationHash" TEXT,
ADD COLUMN     "secretVersion" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Grant" ADD COLUMN     "pausedAt" TIMESTAMPTZ(3),
ALTER COLUMN "redirectUri" DROP NOT NULL;

-- CreateTable
CREATE TABLE "Consent" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "clientId" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "resource" TEXT NOT NULL,
    "clientHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ClientAssertion" (
    "idHash" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ClientAssertion_pkey" PRIMARY KEY ("idHash")
);

-- CreateIndex
CREATE INDEX "Consent_clientId_idx" ON "Consent"("clientId");

-- CreateIndex
CREATE UNIQUE INDEX "Consent_userId_clientId_resource_key" ON "Consent"("userId", "clientId", "resource");

-- CreateIndex
CREATE INDEX "ClientAssertion_expiresAt_idx" ON "ClientAssertion"("expiresAt");

-- CreateIndex
CREATE INDEX "Client_registrationHash_createdAt_idx" ON "Client"("registrationHash", "createdAt");

-- AddForeignKey
ALTER TABLE "Consent" ADD CONSTRAINT "Consent_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Consent" ADD CONSTRAINT "Consent_clientId_fkey" FOREIGN KEY ("clientId") REFERENCES "Client"("id") ON DELETE CASCADE ON UPDATE CASCADE;
