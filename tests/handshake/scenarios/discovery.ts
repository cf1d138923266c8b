import { hostedClaude } from '../../support/clients/claude-clients'
import { newWire } from '../../support/clients/claude-wire'
import { getsCode, readsDocuments } from '../../support/handshakes/corpus-client'
import {
  behindCloudflare,
  corpusFaults,
  rechallenges,
  rewrites,
} from '../../support/handshakes/corpus-faults'
import type { Scenario } from '../../support/handshakes/corpus-scenario'
import type { World } from '../../support/handshakes/corpus-world'
import { publicOrigin } from '../../support/handshakes/corpus-world'
import { type Fault, faults } from '../../support/network/faulty-proxy'

const serverMetadata = /oauth-authorization-server/
const resourceMetadata = /oauth-protected-resource/
const reads = (world: World) => readsDocuments(world)

/** The endpoint works, and then something in front is switched on that answers everything. */
const switchedOn =
  (fault: Fault) =>
  async (world: World): Promise<unknown> => {
    const wire = newWire(hostedClaude, 0.15)
    await wire.send('challenge', 'control', world.mcpUrl, { method: 'POST' })
    world.proxy.fault = fault
    return wire.send(
      'document',
      'control',
      `${world.origin}/.well-known/oauth-protected-resource/mcp`,
    )
  }

type Given = readonly [mode: string, how: string, fault: Fault]

/** Discovery that ends by itself where the fault is. */
const given: readonly Given[] = [
  [
    'well-known-behind-auth',
    'Cloudflare Access before the documents',
    faults.accessBeforeDocuments,
  ],
  ['www-authenticate-missing', 'a proxy drops the challenge’s header', faults.dropsChallenge],
  ['well-known-unroutable-nextjs', 'a proxy hides paths with a dot', faults.hidesDotFiles],
  ['prm-path-404', 'a proxy passes the root document only', faults.servesOnlyTheRoot],
  ['as-metadata-bad', 'the metadata are answered with 500', faults.breaksMetadata],
  ['issuer-mismatch', 'a proxy adds a slash to the issuer', faults.addsSlashToIssuer],
  [
    'pkce-not-advertised',
    'a proxy serves metadata without S256',
    rewrites(serverMetadata, ({ code_challenge_methods_supported: _, ...rest }) => ({
      ...rest,
      code_challenge_methods_supported: ['plain'],
    })),
  ],
  [
    'prm-resource-mismatch',
    'a proxy serves metadata about another address',
    rewrites(resourceMetadata, (document) => ({
      ...document,
      resource: 'https://internal.example.com/mcp',
    })),
  ],
  [
    'resource-metadata-points-elsewhere',
    'the pointer leads to the metadata of the authorization server',
    rechallenges((challenge) =>
      challenge.replace('oauth-protected-resource/mcp', 'oauth-authorization-server'),
    ),
  ],
  [
    'resource-metadata-relative',
    'the pointer is made relative',
    rechallenges((challenge) =>
      challenge.replace(/resource_metadata="https?:\/\/[^/]+/, 'resource_metadata="'),
    ),
  ],
  [
    'resource-metadata-wrong-name',
    'the pointer is called “resource_metadata_uri”',
    rechallenges((challenge) => challenge.replace('resource_metadata=', 'resource_metadata_uri=')),
  ],
]

/** Nothing of these reaches the server. */
const unreached: readonly Given[] = [
  ['route-intercepted-html', 'the home page answers at /mcp', faults.servesHomePage],
  ['no-401-on-initialize', 'a gateway answers 200 at /mcp', corpusFaults.answersWithoutAsking],
  ['pre-auth-400', 'a gateway answers 406 at /mcp', corpusFaults.checksFirst],
]

/** These are switched on after the first request. */
const switched: readonly Given[] = [
  ['edge-blocks-everything', 'an edge blocks programs', behindCloudflare(faults.blocksEverything)],
  ['origin-502', 'the proxy reaches nothing', faults.reachesNothing],
]

const named = ([mode, how, fault]: Given) => ({ stream: mode, mode, how, fault })

export const discoveryScenarios: readonly Scenario[] = [
  ...given.map((one): Scenario => ({ ...named(one), run: reads })),
  ...unreached.map((one): Scenario => ({ ...named(one), run: reads })),
  ...switched.map(
    ([mode, how, fault]): Scenario => ({ stream: mode, mode, how, run: switchedOn(fault) }),
  ),
  {
    stream: 'well-known-behind-auth-basic',
    mode: 'well-known-behind-auth',
    how: 'basic authentication before the documents',
    fault: faults.basicAuthentication,
    run: reads,
  },
  {
    stream: 'internal-origin-leak',
    mode: 'internal-origin-leak',
    how: 'a proxy writes its own backend into the metadata; no browser comes',
    fault: faults.leaksOrigin,
    after: 60_000,
    run: (world) => getsCode(world),
  },
  {
    stream: 'prm-pointer-root-for-path-resource',
    mode: 'prm-pointer-root-for-path-resource',
    how: 'a proxy shortens the pointer to the root, and the client stops',
    fault: rechallenges((challenge) =>
      challenge.replace('oauth-protected-resource/mcp', 'oauth-protected-resource'),
    ),
    run: async (world) => {
      const wire = newWire(hostedClaude, 0.15)
      await wire.send('challenge', 'control', world.mcpUrl, { method: 'POST' })
    },
  },
  {
    stream: 'wrong-url-or-scheme',
    mode: 'wrong-url-or-scheme',
    how: 'hosted Claude was given the path /sse',
    run: async (world) => {
      const wire = newWire(hostedClaude, 0.15)
      await wire.send('challenge', 'control', `${world.origin}/sse`, { method: 'POST' })
    },
  },
  {
    stream: 'internal-origin-leak-unset',
    mode: 'internal-origin-leak',
    how: 'clients of the internet come, and PORTICO_URL names this machine',
    produced: 'facts',
    facts: (facts) => {
      const text = JSON.stringify(facts).replaceAll(publicOrigin, 'http://localhost:3000')
      return JSON.parse(text) as typeof facts
    },
    run: reads,
  },
]
