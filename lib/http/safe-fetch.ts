import 'server-only'
import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { request } from 'node:https'
import { isIP } from 'node:net'
import { type FetchFailure, fetchFailureWords } from '@/lib/reasons'
import { isPublicAddress } from '@/lib/special-addresses'
import { tlsCauseOf } from '@/lib/tls-cause'
import type { Slots } from './slots'

/** A fetched document: a 200 with a body within the limits. */
export type Fetched = {
  readonly body: string
  /** media type without parameters, lower case */
  readonly mediaType: string
  /** `Cache-Control`, or `null` */
  readonly cacheControl: string | null
}

/** Why a fetch failed, for operators only: it may name internal hosts. */
export class FetchProblem extends Error {
  override name = 'FetchProblem'
  /** @param ofHost whether every address on the same host would fail the same way */
  constructor(
    readonly failure: FetchFailure,
    readonly ofHost = false,
  ) {
    super(fetchFailureWords(failure))
  }
}

/** Limits of one fetch. */
export type FetchLimits = {
  /** bytes of the body */
  readonly largest: number
  /** milliseconds for everything, from name resolution to the last byte */
  readonly timeoutMs: number
  /** `host` or `host:port` that the operator allows although it is not public or not on 443 */
  readonly internalHosts: readonly string[]
  /** limits concurrent name lookups */
  readonly lookups?: Slots
}

/**
 * Looks a name up. The slot is held until the system answers, even if the caller has long given up:
 * each lookup uses one of the few threads that files and passwords need.
 */
async function lookUp(name: string, slots: Slots | undefined, signal: AbortSignal) {
  const free = await slots?.take(signal)
  return lookup(name, { all: true })
    .catch(() => [])
    .finally(free)
}

/** Resolves a name once: every address must be public, and only these are connected to. */
async function resolvePublic(
  { host, hostname }: URL,
  { internalHosts, lookups }: FetchLimits,
  signal: AbortSignal,
): Promise<LookupAddress[]> {
  const bare = hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(bare)
    ? [{ address: bare, family: isIP(bare) }]
    : await lookUp(bare, lookups, signal)
  if (addresses.length === 0) {
    throw new FetchProblem({ kind: 'unresolved', host: hostname }, true)
  }
  if (internalHosts.includes(host)) return addresses
  const hidden = addresses.find(({ address }) => !isPublicAddress(address))
  if (hidden) throw new FetchProblem({ kind: 'not-public', host: hostname }, true)
  return addresses
}

function readResponse(
  url: URL,
  pinned: readonly LookupAddress[],
  { largest }: FetchLimits,
  signal: AbortSignal,
): Promise<Fetched> {
  return new Promise((resolve, reject) => {
    const refuse = (failure: FetchFailure, ofHost = false) => {
      outgoing.destroy()
      reject(new FetchProblem(failure, ofHost))
    }
    const outgoing = request(
      url,
      {
        signal,
        agent: false,
        headers: { Accept: 'application/json', 'User-Agent': 'Portico' },
        // another lookup could return another address (DNS rebinding); Node gets all that were
        // checked, and tries the next one if this machine has no IPv6
        lookup: (_host, options, done) =>
          options.all
            ? done(null, [...pinned])
            : done(null, pinned[0]?.address ?? '', pinned[0]?.family),
      },
      (response) => {
        // no redirects: only the URL itself vouches for its document (CIMD §4)
        const { statusCode: status } = response
        if (status !== 200) return refuse({ kind: 'status', status })
        const chunks: Buffer[] = []
        let size = 0
        response.on('data', (chunk: Buffer) => {
          size += chunk.byteLength
          if (size > largest) return refuse({ kind: 'too-large', most: largest })
          chunks.push(chunk)
        })
        response.on('error', (error) => refuse({ kind: 'network', error: error.message }))
        response.on('end', () =>
          resolve({
            body: Buffer.concat(chunks).toString('utf8'),
            mediaType:
              (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '',
            cacheControl: response.headers['cache-control'] ?? null,
          }),
        )
      },
    )
    outgoing.on('error', (error) => {
      if (signal.aborted) return refuse({ kind: 'slow' })
      const tls = tlsCauseOf(error)
      const { message } = error
      return refuse(
        tls ? { kind: 'tls', code: tls.code } : { kind: 'network', error: message },
        true,
      )
    })
    outgoing.end()
  })
}

/**
 * Fetches a public https document that a stranger named. It must not reach anything that the stranger
 * could not (SSRF), and no port but 443 unless the operator allows it.
 *
 * @throws {FetchProblem}
 * @throws {NoSlotError}
 */
export async function safeFetch(address: string, limits: FetchLimits): Promise<Fetched> {
  const url = new URL(address)
  if (url.protocol !== 'https:') throw new FetchProblem({ kind: 'not-https' })
  // services on other ports are rarely meant for the public (CIMD §8.6)
  if (url.port !== '' && !limits.internalHosts.includes(url.host)) {
    throw new FetchProblem({ kind: 'port' }, true)
  }
  const signal = AbortSignal.timeout(limits.timeoutMs)
  const timedOut = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new FetchProblem({ kind: 'slow' })), {
      once: true,
    })
  })
  const pinned = await Promise.race([resolvePublic(url, limits, signal), timedOut])
  return Promise.race([readResponse(url, pinned, limits, signal), timedOut])
}
