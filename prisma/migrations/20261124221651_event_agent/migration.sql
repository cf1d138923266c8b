-- CreateIndex
CREATE INDEX "Event_agent_id_idx" ON "Event"("agent", "id" DESC);
