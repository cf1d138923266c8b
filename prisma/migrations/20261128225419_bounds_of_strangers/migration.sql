-- DropIndex
DROP INDEX "Handshake_lookAgainAt_idx";

-- DropIndex
DROP INDEX "Handshake_verdict_verdictAt_idx";

-- AlterTable
ALTER TABLE "AlertDelivery" ADD COLUMN     "lane" TEXT NOT NULL DEFAULT 'person';

-- AlterTable
ALTER TABLE "Client" ADD COLUMN     "source" TEXT;

-- AlterTable
ALTER TABLE "Handshake" ADD COLUMN     "lane" TEXT NOT NULL DEFAULT 'stranger';

-- AlterTable
ALTER TABLE "Interaction" ADD COLUMN     "source" TEXT;

-- CreateIndex
CREATE INDEX "Handshake_lane_verdict_verdictAt_idx" ON "Handshake"("lane", "verdict", "verdictAt");

-- CreateIndex
CREATE INDEX "Handshake_lane_lookAgainAt_idx" ON "Handshake"("lane", "lookAgainAt");

-- CreateIndex
CREATE INDEX "Handshake_lane_lastAt_idx" ON "Handshake"("lane", "lastAt");

-- Handshakes that are there already; a person of a refused sign-in is not told from another here
UPDATE "Handshake" SET lane = CASE
  WHEN "userId" IS NOT NULL OR "grantId" IS NOT NULL THEN 'person' ELSE 'claude' END
WHERE "userId" IS NOT NULL OR "grantId" IS NOT NULL OR surface = 'claude-hosted';
