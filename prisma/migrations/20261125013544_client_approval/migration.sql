-- AlterTable
ALTER TABLE "Client" ADD COLUMN     "approvedAt" TIMESTAMPTZ(3),
ADD COLUMN     "approvedById" TEXT;

-- AlterTable
ALTER TABLE "Interaction" ADD COLUMN     "heldAt" TIMESTAMPTZ(3),
ADD COLUMN     "heldById" TEXT,
ADD COLUMN     "heldRemember" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "heldScope" TEXT,
ADD COLUMN     "releasedAt" TIMESTAMPTZ(3),
ADD COLUMN     "releasedById" TEXT;

-- CreateIndex
CREATE INDEX "Interaction_heldAt_id_idx" ON "Interaction"("heldAt", "id");

-- What an admin made, or somebody of operator rank has allowed before, needs no approval any more.
UPDATE "Client" c SET "approvedAt" = c."createdAt", "approvedById" = c."createdById" WHERE c."kind" = 'registered';
UPDATE "Client" c SET "approvedAt" = g."createdAt", "approvedById" = g."userId"
  FROM "Grant" g JOIN "User" u ON u."id" = g."userId"
  WHERE g."clientId" = c."id" AND c."approvedAt" IS NULL AND u."role" IN ('admin', 'operator');
