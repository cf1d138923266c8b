import type { Handshake } from '@/lib/handshake/handshake'
import type { Facts } from './facts'

/** Products between clients and this server, in the words of people. */
const names = {
  cloudflare: 'Cloudflare',
  vercel: 'Vercel',
  cloudfront: 'Amazon CloudFront',
  google: 'the Google Cloud load balancer',
  azure: 'Azure Front Door',
  fastly: 'Fastly',
  fly: 'the Fly.io proxy',
  akamai: 'Akamai',
  imperva: 'Imperva',
  sucuri: 'Sucuri',
  imunify: 'Imunify360',
  litespeed: 'LiteSpeed',
  nginx: 'nginx',
  apache: 'Apache',
  iis: 'IIS',
  proxy: 'a reverse proxy',
} as const
export type EdgeId = keyof typeof names

/** An edge or a proxy, and the sign that identified it. */
export type Edge = { readonly id: EdgeId; readonly name: string; readonly by: string }

type Sign = readonly [header: string, value: RegExp, EdgeId]

/** Signs of edges in headers of requests and answers; products that filter come before plain proxies. */
const signs: readonly Sign[] = [
  ['cf-ray', /./, 'cloudflare'],
  ['cf-mitigated', /./, 'cloudflare'],
  ['cf-connecting-ip', /./, 'cloudflare'],
  ['server', /cloudflare/i, 'cloudflare'],
  ['x-vercel-id', /./, 'vercel'],
  ['x-vercel-mitigated', /./, 'vercel'],
  ['server', /vercel/i, 'vercel'],
  ['x-amz-cf-id', /./, 'cloudfront'],
  ['x-azure-ref', /./, 'azure'],
  ['fastly-client-ip', /./, 'fastly'],
  ['x-served-by', /cache-/i, 'fastly'],
  ['server', /akamai/i, 'akamai'],
  ['x-iinfo', /./, 'imperva'],
  ['x-sucuri-id', /./, 'sucuri'],
  ['server', /imunify/i, 'imunify'],
  ['x-goog-iap-generated-response', /./, 'google'],
  ['via', /google/i, 'google'],
  ['server', /^(gws|google frontend)/i, 'google'],
  ['fly-request-id', /./, 'fly'],
  ['server', /^fly\//i, 'fly'],
  ['server', /litespeed/i, 'litespeed'],
  ['server', /nginx|openresty/i, 'nginx'],
  ['server', /apache/i, 'apache'],
  ['server', /microsoft-iis/i, 'iis'],
  ['via', /./, 'proxy'],
  ['forwarded', /./, 'proxy'],
]

type Headers = Readonly<Record<string, string>>

function edgesIn(headers: Headers): Edge[] {
  return signs.flatMap(([header, value, id]) =>
    value.test(headers[header] ?? '') ? [{ id, name: names[id], by: header }] : [],
  )
}

/** Of marks seen earlier, only the names are stored. */
const remembered = (marks: readonly string[]): Headers =>
  Object.fromEntries(marks.map((mark) => [mark, 'seen']))

/**
 * What is in front of this server, strongest evidence first: by the marks on the handshake's own requests,
 * by the answers to the self-check, and by marks seen earlier.
 */
export function edgesOf(handshake: Handshake | null, facts: Facts): Edge[] {
  const sources = [
    ...(handshake?.events ?? []).flatMap(({ edge }) => (edge ? [edge] : [])),
    ...(facts.probe?.answers ?? []).map(({ headers }) => headers),
    remembered(facts.edgeMarks),
  ]
  const found = sources.flatMap(edgesIn)
  const order = (edge: Edge): number => signs.findIndex(([, , id]) => id === edge.id)
  return [...new Map(found.map((edge) => [edge.id, edge])).values()].sort(
    (one, other) => order(one) - order(other),
  )
}

/** The names of edges in a sentence, such as `Cloudflare and nginx`. */
export const edgeNames = (edges: readonly Edge[]): string =>
  edges.length === 0
    ? 'something in front of this server'
    : edges.map(({ name }) => name).join(' and ')

/** {@link edgeNames} at the beginning of a sentence; names of products keep their own spelling. */
export const subjectOf = (edges: readonly Edge[]): string =>
  edgeNames(edges).replace(
    /^(something|the|a) /,
    (word) => word.charAt(0).toUpperCase() + word.slice(1),
  )
