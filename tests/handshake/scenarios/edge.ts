import { setTimeout as sleep } from 'node:timers/promises'
import { claudeCode, hostedClaude } from '../../support/clients/claude-clients'
import { newWire } from '../../support/clients/claude-wire'
import {
  asks,
  calls,
  exchanges,
  getsTokens,
  refreshes,
  type registers,
  type WithTokens,
} from '../../support/handshakes/corpus-client'
import { behindCloudflare, corpusFaults } from '../../support/handshakes/corpus-faults'
import { noProbe, type Scenario } from '../../support/handshakes/corpus-scenario'
import type { World } from '../../support/handshakes/corpus-world'
import { faults } from '../../support/network/faulty-proxy'
import { tokensOf } from '../../support/oauth/oauth-tokens'

const firstCall = async (world: World) => calls(await getsTokens(world))

/** Claude answers a 401 to its first call with a refresh 1.15 s later, and calls once more. */
async function callAndRefresh(made: WithTokens): Promise<void> {
  const { status } = await calls(made)
  if (status !== 401) return
  await sleep(1150)
  const tokens = tokensOf(await refreshes(made))
  await calls({ ...made, tokens })
}

/** Discovery that finds the documents at their well-known places, since no challenge names them. */
async function registersByWellKnown(world: World) {
  const wire = newWire(hostedClaude, 0.15)
  const read = (path: string) =>
    wire.send('document', 'control', `${world.origin}/.well-known/${path}`)
  await wire.send('challenge', 'control', world.mcpUrl, { method: 'POST' })
  await read('oauth-protected-resource/mcp')
  const { body } = await read('oauth-authorization-server')
  const registrationUrl = String(body.registration_endpoint)
  const answer = await wire.send('registration', 'control', registrationUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(hostedClaude.registration),
  })
  const discovered = {
    issuer: world.origin,
    resource: world.mcpUrl,
    challengeScope: 'claudeai',
    serverScopes: [],
    serverMetadataUrl: `${world.origin}/.well-known/oauth-authorization-server`,
    authorizationUrl: String(body.authorization_endpoint),
    tokenUrl: String(body.token_endpoint),
    registrationUrl,
  }
  const client = answer.body as Awaited<ReturnType<typeof registers>>['client']
  return asks({ world, script: hostedClaude, wire, discovered, client })
}

/** On a host that Claude-User has never reached: these come first of all. */
export const firstScenarios: readonly Scenario[] = [
  {
    stream: 'edge-blocks-claude-user',
    mode: 'edge-blocks-claude-user',
    how: 'an edge answers 403 to every request of Claude-User, which never came here',
    fault: behindCloudflare(faults.blocksClaudeUser),
    run: firstCall,
  },
  {
    stream: 'edge-blocks-claude-user-unlooked',
    mode: 'edge-blocks-claude-user',
    how: 'as before, and nobody could look from outside',
    fault: behindCloudflare(faults.blocksClaudeUser),
    facts: noProbe,
    run: firstCall,
  },
]

export const edgeScenarios: readonly Scenario[] = [
  {
    stream: 'edge-blocks-claude-user-since-today',
    mode: 'edge-blocks-claude-user',
    how: 'an edge that let Claude-User pass until its rules were switched on',
    fault: behindCloudflare(faults.blocksClaudeUser),
    run: firstCall,
  },
  {
    stream: 'authorization-header-stripped',
    mode: 'authorization-header-stripped',
    how: 'a proxy passes requests on without Authorization; hosted Claude',
    fault: faults.stripsAuthorization,
    run: firstCall,
  },
  {
    stream: 'authorization-header-stripped-code',
    mode: 'authorization-header-stripped',
    how: 'a proxy passes requests on without Authorization; Claude Code',
    fault: faults.stripsAuthorization,
    run: async (world) => calls(await getsTokens(world, claudeCode)),
  },
  {
    stream: 'authorization-header-stripped-tokenless',
    mode: 'authorization-header-stripped',
    how: 'Claude-User asks without a token right after it was issued; nothing is seen from outside',
    run: async (world) => calls(await getsTokens(world), undefined, undefined, null),
  },
  {
    stream: 'authorization-header-stripped-unlooked',
    mode: 'authorization-header-stripped',
    how: 'as before, and nobody could look from outside',
    fault: faults.stripsAuthorization,
    facts: noProbe,
    run: firstCall,
  },
  {
    stream: 'mcp-path-redirect-drops-auth',
    mode: 'mcp-path-redirect-drops-auth',
    how: '/mcp redirects to another host name of the server; the client follows without its token',
    fault: corpusFaults.redirectsApex,
    run: async (world) =>
      calls(await getsTokens(world, { ...hostedClaude, followsRedirects: true })),
  },
  {
    stream: 'trailing-slash-redirect',
    mode: 'trailing-slash-redirect',
    how: 'a proxy redirects /mcp to /mcp/ with 301, and the POST becomes a GET',
    fault: corpusFaults.redirectsPost,
    run: async (world) =>
      calls(await getsTokens(world, { ...hostedClaude, followsRedirects: true })),
  },
  {
    stream: 'trailing-slash-redirect-unfollowed',
    mode: 'trailing-slash-redirect',
    how: 'a proxy redirects /mcp to /mcp/, and the client does not follow: nothing arrives',
    fault: faults.redirectsToSlash,
    run: firstCall,
  },
  {
    stream: 'lb-path-rule-misses-bare-path',
    mode: 'lb-path-rule-misses-bare-path',
    how: 'a load balancer sends the bare /mcp to a backend that asks for a sign-in',
    fault: corpusFaults.asksIapForBarePath,
    run: async (world) => {
      const made = await registersByWellKnown(world)
      await callAndRefresh({ ...made, tokens: tokensOf(await exchanges(made)) })
    },
  },
  {
    stream: 'lb-path-rule-misses-bare-path-unlooked',
    mode: 'lb-path-rule-misses-bare-path',
    how: 'as before, and nobody could look from outside',
    fault: corpusFaults.asksIapForBarePath,
    facts: noProbe,
    run: async (world) => {
      const made = await registersByWellKnown(world)
      await callAndRefresh({ ...made, tokens: tokensOf(await exchanges(made)) })
    },
  },
  {
    stream: 'host-waf-blocks-bearer',
    mode: 'host-waf-blocks-bearer',
    how: 'a firewall answers 403 to requests with a token',
    fault: corpusFaults.blocksTokens,
    run: firstCall,
  },
  {
    stream: 'host-waf-blocks-bearer-unlooked',
    mode: 'host-waf-blocks-bearer',
    how: 'as before behind an edge, and nobody could look from outside',
    fault: behindCloudflare(corpusFaults.blocksTokens),
    facts: noProbe,
    run: firstCall,
  },
  {
    stream: 'cached-mcp-response',
    mode: 'cached-mcp-response',
    how: 'a cache answers calls with a challenge that was for somebody else',
    fault: corpusFaults.answersFromCache,
    run: async (world) => callAndRefresh(await getsTokens(world)),
  },
  {
    stream: 'opaque-vs-jwt',
    mode: 'opaque-vs-jwt',
    how: 'a proxy puts a credential of its own in the place of the token',
    fault: corpusFaults.replacesToken,
    run: async (world) => callAndRefresh(await getsTokens(world)),
  },
  {
    stream: 'mcp-rejects-own-token',
    mode: 'mcp-rejects-own-token',
    how: 'a proxy changes the signature of the token',
    fault: corpusFaults.breaksSignature,
    run: async (world) => callAndRefresh(await getsTokens(world)),
  },
  {
    stream: 'client-bug-token-not-attached',
    mode: 'client-bug-token-not-attached',
    how: 'nothing is at fault, and the client does not call',
    run: (world) => getsTokens(world),
  },
  {
    stream: 'anthropic-incident',
    mode: 'anthropic-incident',
    how: 'the client does not call, nor do those of others',
    produced: 'facts',
    facts: (facts) => ({ ...facts, failingAlike: 6 }),
    run: (world) => getsTokens(world),
  },
]
