import { setTimeout as sleep } from 'node:timers/promises'
import { claudeCode, hostedClaude } from '../../support/clients/claude-clients'
import { calls, getsTokens, refreshes } from '../../support/handshakes/corpus-client'
import { corpusFaults } from '../../support/handshakes/corpus-faults'
import type { Scenario } from '../../support/handshakes/corpus-scenario'
import {
  initialize,
  rpc,
  statelessHeaders,
  statelessRpc,
  toolCall,
} from '../../support/mcp/mcp-message'
import { revoke, tokensOf } from '../../support/oauth/oauth-tokens'

const minute = 60_000
const patient = { ...hostedClaude, timeoutMs: 10_000 }
const inSession = { 'mcp-protocol-version': '2025-11-25' }

export const endpointScenarios: readonly Scenario[] = [
  {
    stream: 'slow-initialize',
    mode: 'slow-initialize',
    how: 'the first call waits for 10.6 s, and the client gives up after 10',
    fault: corpusFaults.slowCall,
    run: async (world) => {
      const made = await getsTokens(world, patient)
      await calls(made).catch(() => undefined)
      await sleep(1500)
    },
  },
  {
    stream: 'accept-star-406',
    mode: 'accept-star-406',
    how: 'the client sends “Accept: text/html”, as a proxy that replaces the header would',
    run: async (world) => {
      const made = await getsTokens(world)
      await calls(made, initialize('2025-11-25'), { accept: 'text/html' })
    },
  },
  {
    stream: 'header-body-version-mismatch',
    mode: 'header-body-version-mismatch',
    how: 'Mcp-Method names another method than the message',
    run: async (world) => {
      const headers = statelessHeaders('tools/list')
      await calls(await getsTokens(world), statelessRpc('server/discover'), headers)
    },
  },
  {
    stream: 'protocol-version-reject',
    mode: 'protocol-version-reject',
    how: 'server/discover lacks what its revision demands, and the client does not fall back',
    run: async (world) => {
      const headers = statelessHeaders('server/discover')
      const message = statelessRpc('server/discover', {}, '2031-01-01')
      const named = { ...headers, 'mcp-protocol-version': '2031-01-01' }
      await calls(await getsTokens(world, claudeCode), message, named)
    },
  },
  {
    stream: 'version-strict-initialize',
    mode: 'version-strict-initialize',
    how: 'initialize lacks protocolVersion',
    run: async (world) =>
      calls(await getsTokens(world), rpc('initialize', { capabilities: {} }), {}),
  },
  {
    stream: 'origin-host-check',
    mode: 'origin-host-check',
    how: 'the client sends an Origin that is not allowed, as a proxy that adds one would',
    run: async (world) =>
      calls(await getsTokens(world), initialize('2025-11-25'), { origin: 'https://evil.example' }),
  },
  {
    stream: 'clock-skew',
    mode: 'clock-skew',
    how: 'the clock of the server jumps two hours ahead between token and call',
    produced: 'facts',
    facts: (facts) => ({ ...facts, clockSkewMs: 2 * 60 * minute }),
    run: async (world) => {
      const made = await getsTokens(world)
      await world.later(2 * 60 * minute)
      await calls(made)
    },
  },
  {
    stream: 'connection-ended',
    mode: 'connection-ended',
    how: 'the connection is revoked, and the client goes on calling',
    run: async (world) => {
      const made = await getsTokens(world)
      await calls(made)
      await revoke(world.origin, made, made.tokens.refresh_token)
      await world.later(minute)
      await calls(made)
    },
  },
  {
    stream: 'refresh-not-attempted',
    mode: 'refresh-not-attempted',
    how: 'the token expires, the call is refused, and no refresh comes',
    after: 10 * minute,
    run: async (world) => {
      const made = await getsTokens(world, claudeCode)
      await calls(made)
      await world.later(61 * minute)
      await calls(made)
    },
  },
  {
    stream: 'refresh-rotation-race',
    mode: 'refresh-rotation-race',
    how: 'a refresh token is used again five minutes after it was exchanged',
    run: async (world) => {
      const made = await getsTokens(world)
      await calls(made)
      const tokens = tokensOf(await refreshes(made))
      await calls({ ...made, tokens })
      await world.later(5 * minute)
      await refreshes(made)
    },
  },
  {
    stream: 'invalid-scope-asks-all',
    mode: 'invalid-scope-asks-all',
    how: 'a refresh asks for a scope that was not granted',
    run: async (world) => {
      const made = await getsTokens(world)
      await calls(made)
      await refreshes(made, undefined, { scope: 'claudeai portico:observe' })
    },
  },
  {
    stream: 'tenant-or-session-mismatch',
    mode: 'tenant-or-session-mismatch',
    how: 'the first call needs a scope that was not granted',
    run: async (world) => calls(await getsTokens(world), toolCall('list_connections'), inSession),
  },
]
