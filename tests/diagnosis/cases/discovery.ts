import type { OwnArrival } from '@/lib/diagnosis/forwarding'
import {
  challengedWith,
  factsOf,
  page,
  probeAll,
  probeOf,
  redirect,
  resourceServedAs,
  servedAs,
} from '../../support/browser/looks'
import {
  golden,
  handshakeOf,
  origin,
  type Spec,
  stalledAt,
} from '../../support/handshakes/handshakes'
import { fires, type RuleCases, spares } from '../case'

type Changes = Parameters<typeof probeOf>[0]

const seen = (changes: Changes) => ({ facts: factsOf({ probe: probeOf(changes) }) })
const challenge = (header: string) =>
  seen({ 'challenge-post': challengedWith(header), 'challenge-get': challengedWith(header) })
const documents = (answer: NonNullable<Changes>['jwks']) =>
  seen({
    'resource-metadata': answer,
    'resource-metadata-root': answer,
    'server-metadata': answer,
    'server-metadata-suffixed': answer,
  })
const root = `${origin}/.well-known/oauth-protected-resource`
const local = factsOf({
  origin: 'http://localhost:3000',
  mcpUrl: 'http://localhost:3000/mcp',
  probe: null,
})
const access = redirect(302, 'https://team.cloudflareaccess.com/cdn-cgi/access/login')
const stopped = handshakeOf(golden.slice(0, 1), stalledAt('resource-metadata'))
const late = handshakeOf(golden.slice(0, 11))

const otherName = 'https://www.example.com'
const asked = (
  name: 'mcp.challenged' | 'resource-metadata.served',
  at: number,
  askedAt = otherName,
): Spec => [
  name,
  at,
  'python',
  { ...(name === 'mcp.challenged' ? { reason: { kind: 'no-credentials' } } : {}), askedAt },
]
const byAnotherName = handshakeOf(
  [asked('mcp.challenged', 0), asked('resource-metadata.served', 200), ...golden.slice(2, 3)],
  stalledAt('client-identified'),
)
const byNameOf = (askedAt: string) =>
  handshakeOf(
    [
      asked('mcp.challenged', 0, askedAt),
      asked('resource-metadata.served', 200, askedAt),
      ...golden.slice(2, 3),
    ],
    stalledAt('client-identified'),
  )
const arrived = (own: OwnArrival) =>
  factsOf({ forwarding: { own, others: [], otherHeader: false } })

/** What can be wrong with the documents and challenges that clients read first. */
export const discoveryCases: readonly RuleCases[] = [
  {
    rule: 'internal-origin-leak',
    situations: [
      fires('clients from outside, and no PORTICO_URL', 'confirmed', {
        handshake: stopped,
        facts: local,
      }),
      fires(
        'an endpoint inside the network',
        'confirmed',
        seen({ 'server-metadata': servedAs({ token_endpoint: 'http://api:4000/token' }) }),
      ),
      spares('a start at home', { facts: local }),
      spares('every address is ours', { facts: factsOf() }),
    ],
  },
  {
    rule: 'asked-by-another-name',
    situations: [
      fires('a client that stops after the documents', 'likely', { handshake: byAnotherName }),
      fires('the same, where no proxy changes names', 'confirmed', {
        handshake: byAnotherName,
        facts: arrived({ entries: 1, proxied: true }),
      }),
      spares('a proxy that makes the name of all', {
        handshake: byAnotherName,
        facts: arrived({ entries: 1, proxied: true, askedAt: otherName }),
      }),
      ...['http://127.0.0.1:3000', 'http://portico:3000', 'http://10.0.0.7:3000'].flatMap(
        (name) => [
          spares(`${name}, which nobody in Anthropic’s cloud can have been given`, {
            handshake: byNameOf(name),
          }),
          spares(`${name}, although no proxy made it of this server’s own`, {
            handshake: byNameOf(name),
            facts: arrived({ entries: 1, proxied: true }),
          }),
        ],
      ),
      spares('a client that goes on all the same', {
        handshake: handshakeOf(
          [asked('resource-metadata.served', 200), ...golden.slice(2, 4)],
          stalledAt('authorization-requested'),
        ),
      }),
      spares('the right name', { handshake: stopped }),
    ],
  },
  {
    rule: 'well-known-behind-auth',
    situations: [
      fires('Cloudflare Access', 'confirmed', documents(access)),
      fires('Cloudflare Access, for an attempt that read nothing', 'confirmed', {
        handshake: stopped,
        ...documents(access),
      }),
      fires(
        'basic authentication',
        'confirmed',
        documents({ status: 401, headers: { 'www-authenticate': 'Basic realm="x"' }, body: '' }),
      ),
      spares('404', documents(page(404))),
      spares('an attempt that ended later', { handshake: late, ...documents(access) }),
    ],
  },
  {
    rule: 'route-intercepted-html',
    situations: [
      fires('a home page', 'confirmed', seen({ 'challenge-post': page(200) })),
      spares(
        'JSON',
        seen({
          'challenge-post': {
            status: 200,
            headers: { 'content-type': 'application/json' },
            body: '{}',
          },
        }),
      ),
    ],
  },
  {
    rule: 'no-401-on-initialize',
    situations: [
      fires(
        'an answer for anybody',
        'confirmed',
        seen({
          'challenge-post': {
            status: 200,
            headers: { 'content-type': 'application/json' },
            body: '{}',
          },
        }),
      ),
      spares('a home page', seen({ 'challenge-post': page(200) })),
    ],
  },
  {
    rule: 'pre-auth-400',
    situations: [
      fires('405 of a static host', 'confirmed', seen({ 'challenge-post': page(405) })),
      fires('406 to the Accept of Claude', 'confirmed', seen({ 'challenge-post': page(406) })),
      spares('405 to GET', seen({ 'challenge-get': page(405) })),
    ],
  },
  {
    rule: 'resource-metadata-wrong-name',
    situations: [
      fires('another name', 'confirmed', challenge(`Bearer resource_metadata_uri="${root}/mcp"`)),
      spares(
        'both names',
        challenge(`Bearer resource_metadata_uri="${root}", resource_metadata="${root}/mcp"`),
      ),
    ],
  },
  {
    rule: 'www-authenticate-missing',
    situations: [
      fires(
        'a header that was taken off',
        'confirmed',
        seen({ 'challenge-post': { headers: { 'content-type': 'application/json' } } }),
      ),
      fires(
        'a header that API Gateway renamed',
        'confirmed',
        seen({ 'challenge-post': { headers: { 'x-amzn-remapped-www-authenticate': 'Bearer' } } }),
      ),
      spares('a header of another name', challenge(`Bearer resource_metadata_uri="${root}/mcp"`)),
      spares('the right header', { facts: factsOf() }),
    ],
  },
  {
    rule: 'resource-metadata-relative',
    situations: [
      fires(
        'without a host',
        'confirmed',
        challenge('Bearer resource_metadata="/.well-known/oauth-protected-resource/mcp"'),
      ),
      spares('with a host', { facts: factsOf() }),
    ],
  },
  {
    rule: 'well-known-unroutable-nextjs',
    situations: [
      fires('404 for every document', 'confirmed', documents(page(404))),
      fires('dot files denied', 'confirmed', documents(page(403, 'Forbidden'))),
      spares('404 for one of them', seen({ 'resource-metadata': page(404) })),
      spares('nothing is reached', { facts: factsOf({ probe: probeAll(page(404)) }) }),
    ],
  },
  {
    rule: 'prm-path-404',
    situations: [
      fires('only the root', 'confirmed', seen({ 'resource-metadata': page(404) })),
      spares('neither', documents(page(404))),
    ],
  },
  {
    rule: 'as-metadata-bad',
    situations: [
      fires('500', 'confirmed', seen({ 'server-metadata': page(500) })),
      fires('a page', 'confirmed', seen({ 'server-metadata': page(200) })),
      fires('500 at the path only', 'confirmed', seen({ 'server-metadata-suffixed': page(500) })),
      spares('404 at the path only', seen({ 'server-metadata-suffixed': page(404) })),
      spares('a sign-in', seen({ 'server-metadata': access })),
    ],
  },
  {
    rule: 'resource-metadata-points-elsewhere',
    situations: [
      fires(
        'the metadata of the server',
        'confirmed',
        challenge(`Bearer resource_metadata="${origin}/.well-known/oauth-authorization-server"`),
      ),
      fires(
        'another application',
        'confirmed',
        seen({ 'resource-metadata': { body: '{"name":"app"}' } }),
      ),
      spares('the root', challenge(`Bearer resource_metadata="${root}"`)),
    ],
  },
  {
    rule: 'prm-resource-mismatch',
    situations: [
      fires(
        'with www',
        'confirmed',
        seen({
          'resource-metadata': resourceServedAs({
            resource: 'https://www.portico.example.com/mcp',
          }),
        }),
      ),
      fires(
        'with a slash',
        'confirmed',
        seen({ 'resource-metadata': resourceServedAs({ resource: `${origin}/mcp/` }) }),
      ),
      spares('the same', { facts: factsOf() }),
    ],
  },
  {
    rule: 'issuer-mismatch',
    situations: [
      fires(
        'a slash',
        'confirmed',
        seen({ 'server-metadata': servedAs({ issuer: `${origin}/` }) }),
      ),
      fires(
        'another server is named',
        'confirmed',
        seen({
          'resource-metadata': resourceServedAs({
            authorization_servers: ['https://id.example.com'],
          }),
        }),
      ),
      spares('the same everywhere', { facts: factsOf() }),
    ],
  },
  {
    rule: 'pkce-not-advertised',
    situations: [
      fires(
        'nothing is said',
        'confirmed',
        seen({ 'server-metadata': servedAs({ code_challenge_methods_supported: undefined }) }),
      ),
      fires(
        'plain only',
        'confirmed',
        seen({ 'server-metadata': servedAs({ code_challenge_methods_supported: ['plain'] }) }),
      ),
      spares(
        'both',
        seen({
          'server-metadata': servedAs({ code_challenge_methods_supported: ['plain', 'S256'] }),
        }),
      ),
    ],
  },
  {
    rule: 'prm-pointer-root-for-path-resource',
    situations: [
      fires('the root', 'possible', challenge(`Bearer resource_metadata="${root}"`)),
      spares('the path', { facts: factsOf() }),
    ],
  },
  {
    rule: 'slow-discovery',
    situations: [
      fires('nine seconds for a document', 'likely', {
        handshake: handshakeOf(
          [
            [
              'mcp.challenged',
              0,
              'python',
              { reason: { kind: 'no-credentials' } },
              { durationMs: 9000 },
            ],
          ],
          stalledAt('resource-metadata'),
        ),
      }),
      spares('one second', {
        handshake: handshakeOf(
          [
            [
              'mcp.challenged',
              0,
              'python',
              { reason: { kind: 'no-credentials' } },
              { durationMs: 1000 },
            ],
          ],
          stalledAt('resource-metadata'),
        ),
      }),
    ],
  },
]
