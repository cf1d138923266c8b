import { hostedClaude } from '../../support/clients/claude-clients'
import { newWire } from '../../support/clients/claude-wire'
import { calls, getsTokens, registers } from '../../support/handshakes/corpus-client'
import type { Scenario } from '../../support/handshakes/corpus-scenario'

/** These start the server again, and come last. */
export const circumstanceScenarios: readonly Scenario[] = [
  {
    stream: 'server-restarted',
    mode: 'server-restarted',
    how: 'the server is started anew between registration and sign-in; no browser comes',
    run: async (world) => {
      await registers(world)
      await world.restart()
    },
    after: 45_000,
  },
  {
    stream: 'discovery-cache-stale',
    mode: 'discovery-cache-stale',
    how: 'shortly after a start Claude is challenged and reads no document',
    run: async (world) => {
      const wire = newWire(hostedClaude, 0.15)
      await wire.send('challenge', 'control', world.mcpUrl, { method: 'POST' })
    },
  },
  {
    stream: 'address-changed',
    mode: 'address-changed',
    how: 'PORTICO_URL is changed between token and call',
    run: async (world) => {
      const made = await getsTokens(world)
      await world.restart({ PORTICO_URL: 'http://localhost:9' })
      await calls(made)
    },
  },
]
