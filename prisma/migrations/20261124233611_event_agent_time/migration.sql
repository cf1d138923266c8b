-- DropIndex
DROP INDEX "Event_agent_id_idx";

-- CreateIndex
CREATE INDEX "Event_agent_at_idx" ON "Event"("agent", "at" DESC);
