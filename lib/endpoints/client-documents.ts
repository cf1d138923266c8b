import 'server-only'
import { env } from '@/lib/env'
import { describe, type Exchange } from '@/lib/events/exchange'
import { announce, record } from '@/lib/events/recorder'
import { type FetchLimits, FetchProblem, safeFetch } from '@/lib/http/safe-fetch'
import { type ClientMetadata, registeredMetadata } from '@/lib/oauth/client-metadata'
import {
  clientIdUrlProblem,
  documentLifetime,
  readClientDocument,
} from '@/lib/oauth/client-metadata-document'
import { OAuthError } from '@/lib/oauth/errors'
import { later } from '@/lib/oauth/lifetimes'
import { pinnedDocument } from '@/lib/oauth/pinned-documents'
import { joinScope, serverScopes } from '@/lib/oauth/scope'
import { hashSecret } from '@/lib/oauth/secret'
import { keepDocument, storeDocument } from '@/lib/store/client-changes'
import type { Client } from '@/lib/store/clients'

/** CIMD §8.7 recommends a few kilobytes; real documents are under two. */
const limits: Omit<FetchLimits, 'internalHosts'> = { largest: 16 * 1024, timeoutMs: 4000 }

/** After a failed fetch, when it is tried again, in seconds. */
const retryAfter = 300

/** A document that was read, and for how long it may be used. */
type Read = { readonly client: ClientMetadata; readonly lifetime: number; readonly pinned: boolean }

const isJson = (mediaType: string): boolean =>
  mediaType === 'application/json' || /^application\/[\w.-]+\+json$/.test(mediaType)

async function fetchDocument(url: string): Promise<Read> {
  const fetched = await safeFetch(url, { ...limits, internalHosts: env().internalClientHosts })
  if (!isJson(fetched.mediaType)) throw new FetchProblem('is not application/json')
  let body: unknown
  try {
    body = JSON.parse(fetched.body)
  } catch {
    throw new FetchProblem('is not JSON')
  }
  const client = readClientDocument(body, url)
  return { client, lifetime: documentLifetime(fetched.cacheControl), pinned: false }
}

/** What a client is to a person who approves it: when this changes, they are asked again. */
const documentHash = (client: ClientMetadata): string =>
  hashSecret(
    JSON.stringify([
      client.name,
      client.redirectUris,
      client.authMethod,
      client.jwksUri,
      client.jwks,
    ]),
  )

function store(url: string, known: Client | null, read: Read, exchange: Exchange): Promise<Client> {
  const { client, lifetime, pinned } = read
  const hash = documentHash(client)
  const changed = known !== null && known.documentHash !== hash
  const events = [
    describe(exchange, 'document.fetched', undefined, {
      clientName: client.name,
      freshFor: lifetime,
      ...(pinned ? { pinned } : {}),
    }),
    ...(changed
      ? [
          describe(exchange, 'document.changed', undefined, {
            clientName: client.name,
            redirectUris: [...client.redirectUris],
            authMethod: client.authMethod,
          }),
        ]
      : []),
  ]
  const fields = {
    name: client.name,
    redirectUris: [...client.redirectUris],
    authMethod: client.authMethod,
    grantTypes: [...client.grantTypes],
    metadata: registeredMetadata(client, joinScope(serverScopes)),
    documentHash: hash,
    documentFreshUntil: later(new Date(), lifetime),
  }
  const stored = storeDocument(url, fields, changed, events)
  announce(exchange, events)
  return stored
}

/** A copy to go on with when the fetch fails: the last good one, else the pinned one. */
async function fallback(
  url: string,
  known: Client | null,
  reason: string,
  exchange: Exchange,
): Promise<Client> {
  const pinned = pinnedDocument(url)
  const served = known ? 'last good copy' : pinned ? 'pinned copy' : 'nothing'
  record(
    exchange,
    'document.refused',
    undefined,
    { reason, served },
    known || pinned ? 'ok' : 'refused',
  )
  if (known) {
    await keepDocument(url, later(new Date(), retryAfter))
    return known
  }
  if (pinned) {
    const client = readClientDocument(pinned, url)
    return store(url, null, { client, lifetime: retryAfter, pinned: true }, exchange)
  }
  throw new OAuthError('unauthorized_client', `the metadata document of this client ${reason}`)
}

/**
 * The client whose id is the URL of its metadata document (CIMD §4): from memory while its document
 * is fresh, else fetched. Errors and invalid documents are never stored (CIMD §5.2).
 *
 * @param known what is stored of it
 * @throws {OAuthError} `unauthorized_client`
 */
export async function documentClient(
  url: string,
  known: Client | null,
  exchange: Exchange,
): Promise<Client> {
  const problem = clientIdUrlProblem(url)
  if (problem) throw new OAuthError('unauthorized_client', `"client_id" ${problem}`)
  if (known?.documentFreshUntil && known.documentFreshUntil > exchange.startedAt) return known
  try {
    return await store(url, known, await fetchDocument(url), exchange)
  } catch (error) {
    if (error instanceof FetchProblem) return fallback(url, known, error.message, exchange)
    if (error instanceof OAuthError) return fallback(url, known, error.description, exchange)
    throw error
  }
}
