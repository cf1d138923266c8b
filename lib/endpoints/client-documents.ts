import 'server-only'
import { parseJson } from '@/lib/http/json'
import { FetchProblem } from '@/lib/http/safe-fetch'
import { ThrottledError } from '@/lib/http/throttle'
import { type ClientMetadata, registeredMetadata } from '@/lib/oauth/client-metadata'
import {
  clientIdUrlProblem,
  documentLifetime,
  readClientDocument,
} from '@/lib/oauth/client-metadata-document'
import { OAuthError } from '@/lib/oauth/errors'
import { later } from '@/lib/oauth/lifetimes'
import { pinnedDocument } from '@/lib/oauth/pinned-documents'
import { RefusedClient } from '@/lib/oauth/refused-client'
import { joinScope, serverScopes } from '@/lib/oauth/scope'
import { hashSecret } from '@/lib/oauth/secret'
import type { Reason } from '@/lib/reasons'
import { commit, record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { keepDocument, storeDocument } from '@/lib/store/clients/changes'
import type { Client } from '@/lib/store/clients/clients'
import type { Visit } from './endpoint'
import { type Asker, avoid, BusyProblem, fetchFor } from './outgoing'
import { noteMade } from './room'
import { crowdSource } from './throttles'

/** CIMD §8.7 recommends a few kilobytes; real documents are under two. */
const limits = { largest: 16 * 1024, timeoutMs: 4000 }

/** Time until a failed fetch is retried, in seconds. */
const retryAfter = 300

/** A document that was read, and how long it may be used. */
type Read = { readonly client: ClientMetadata; readonly lifetime: number; readonly pinned: boolean }

const isJson = (mediaType: string): boolean =>
  mediaType === 'application/json' || /^application\/[\w.-]+\+json$/.test(mediaType)

/** An invalid document is not fetched again at once (CIMD §5.2: it is not stored). */
function readOrAvoid(body: unknown, url: string): ClientMetadata {
  try {
    return readClientDocument(body, url)
  } catch (error) {
    if (error instanceof OAuthError) avoid(url, { refused: error.reason })
    throw error
  }
}

async function fetchDocument(url: string, asker: Asker): Promise<Read> {
  const fetched = await fetchFor(asker, 'too-many-document-fetches', url, limits)
  if (!isJson(fetched.mediaType)) throw new FetchProblem({ kind: 'media-type' })
  let body: unknown
  try {
    body = parseJson(fetched.body)
  } catch {
    throw new FetchProblem({ kind: 'not-json' })
  }
  const client = readOrAvoid(body, url)
  return { client, lifetime: documentLifetime(fetched.cacheControl), pinned: false }
}

/** Hash of what a person approves about a client: when it changes, they are asked again. */
const documentHash = ({ name, redirectUris, authMethod, jwksUri, jwks }: ClientMetadata): string =>
  hashSecret(JSON.stringify([name, redirectUris, authMethod, jwksUri, jwks]))

async function store(url: string, known: Client | null, read: Read, exchange: Exchange) {
  const { client, lifetime, pinned } = read
  const { name, authMethod } = client
  const redirectUris = [...client.redirectUris]
  const hash = documentHash(client)
  const changed = known !== null && known.documentHash !== hash
  const fetched = { clientName: name, freshFor: lifetime, pinned: pinned || undefined }
  const now = { clientName: name, redirectUris, authMethod }
  const fields = {
    name,
    redirectUris,
    authMethod,
    grantTypes: [...client.grantTypes],
    metadata: registeredMetadata(client, joinScope(serverScopes)),
    documentHash: hash,
    documentFreshUntil: later(new Date(), lifetime),
  }
  const stored = await commit(exchange, (describe) =>
    storeDocument(url, fields, changed, crowdSource(exchange, fields), [
      describe('document.fetched', fetched),
      ...(changed ? [describe('document.changed', now)] : []),
    ]),
  )
  if (known === null) noteMade('clients')
  return stored
}

/**
 * The copy to use when the fetch fails: the last good one, or the pinned one. If there is neither, the
 * cause stays with operators: what an internal name resolves to, and who answers there (CIMD §8.6).
 */
async function fallback(
  url: string,
  known: Client | null,
  problem: FetchProblem | OAuthError,
  exchange: Exchange,
): Promise<Client> {
  const isRead = problem instanceof OAuthError
  const reason: Reason = isRead
    ? problem.reason
    : { kind: 'document-away', failure: problem.failure }
  const pinned = pinnedDocument(url)
  const served = known ? 'last good copy' : pinned ? 'pinned copy' : 'nothing'
  const outcome = known || pinned ? 'ok' : 'refused'
  record(exchange, 'document.refused', undefined, { reason, served }, outcome)
  if (known) {
    await keepDocument(url, later(new Date(), retryAfter))
    return known
  }
  if (pinned) {
    const client = readClientDocument(pinned, url)
    return store(url, null, { client, lifetime: retryAfter, pinned: true }, exchange)
  }
  if (problem instanceof BusyProblem) {
    throw new ThrottledError('too-many-document-fetches', problem.retryAfter)
  }
  throw new RefusedClient(isRead ? 'document-invalid' : 'document-away', reason, {
    wire: 'document',
  })
}

const askerOf = (known: Client | null, { address, signedIn }: Visit): Asker => ({
  known: signedIn ? `user:${signedIn.id}` : known?.approvedAt ? `client:${known.id}` : null,
  address,
})

/**
 * The client whose id is the URL of its metadata document (CIMD §4): stored while its document is
 * fresh, otherwise fetched. Errors and invalid documents are never stored (CIMD §5.2).
 *
 * @param known the stored client, if any
 * @throws {OAuthError} `unauthorized_client`
 * @throws {ThrottledError} when the budget is used up and there is no copy
 */
export async function documentClient(
  url: string,
  known: Client | null,
  visit: Visit,
): Promise<Client> {
  const problem = clientIdUrlProblem(url)
  if (problem) throw new RefusedClient('id', { kind: 'client-id-unusable', problem })
  if (known?.documentFreshUntil && known.documentFreshUntil > visit.startedAt) return known
  try {
    const read = await fetchDocument(url, askerOf(known, visit))
    return await store(url, known, read, visit)
  } catch (error) {
    if (!(error instanceof FetchProblem || error instanceof OAuthError)) throw error
    return fallback(url, known, error, visit)
  }
}
