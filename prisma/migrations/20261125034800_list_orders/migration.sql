-- DropIndex
DROP INDEX "Grant_status_idx";

-- CreateIndex
CREATE INDEX "AccessToken_expiresAt_id_idx" ON "AccessToken"("expiresAt", "id");

-- CreateIndex
CREATE INDEX "Grant_status_lastActiveAt_idx" ON "Grant"("status", "lastActiveAt");

-- CreateIndex
CREATE INDEX "RefreshToken_expiresAt_id_idx" ON "RefreshToken"("expiresAt", "id");
