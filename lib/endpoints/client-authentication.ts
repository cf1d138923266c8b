import 'server-only'
import { parseJson } from '@/lib/http/json'
import { FetchProblem } from '@/lib/http/safe-fetch'
import {
  assertionKeyId,
  type KeySet,
  readClientAssertion,
  type UnverifiedAssertion,
  verifyClientAssertion,
} from '@/lib/oauth/client-assertion'
import { authenticateClient, readClientCredentials } from '@/lib/oauth/client-authentication'
import { invalidRequest, OAuthError } from '@/lib/oauth/errors'
import { type Parameters, readParameters, readResources } from '@/lib/oauth/parameters'
import { hashSecret } from '@/lib/oauth/secret'
import type { FetchFailure, Reason } from '@/lib/reasons'
import type { Exchange } from '@/lib/recorder/request'
import { type Client, takeAssertion } from '@/lib/store/clients/clients'
import { knownClient } from '@/lib/store/clients/known'
import { acceptedNames } from './addresses'
import { clientFormOf } from './body'
import { type EndpointOptions, endpoint, type RequestHandler } from './endpoint'
import { type Asker, avoid, fetchFor } from './outgoing'
import { countFailure, refuseManyFailures } from './throttles'

const keyLimits = { largest: 64 * 1024, timeoutMs: 4000 }
const keysCacheMs = 5 * 60_000
/** how soon an unknown key id triggers another fetch: the client may have replaced its key */
const unknownKeyMs = 10_000
const mostKeySets = 100
const keySets = new Map<string, { keys: KeySet; fetchedAt: number }>()

const refused = (reason: Reason): OAuthError =>
  new OAuthError('invalid_client', reason, { wire: 'client' })

const isKeySet = (value: unknown): value is KeySet =>
  Array.isArray((value as { keys?: unknown } | null)?.keys)

function keySetIn(body: string): KeySet | FetchFailure {
  try {
    const keys: unknown = parseJson(body)
    return isKeySet(keys) ? keys : { kind: 'not-key-set' }
  } catch {
    return { kind: 'not-json' }
  }
}

async function fetchKeys(url: string, keyId: string | undefined, now: number, asker: Asker) {
  const known = keySets.get(url)
  const hasKey = keyId === undefined || known?.keys.keys.some((key) => key?.kid === keyId)
  if (known && now < known.fetchedAt + (hasKey ? keysCacheMs : unknownKeyMs)) return known.keys
  try {
    const { body } = await fetchFor(asker, 'too-many-key-fetches', url, keyLimits)
    const keys = keySetIn(body)
    if ('kind' in keys) {
      if (!known) avoid(url, { failure: keys })
      throw new FetchProblem(keys)
    }
    if (keySets.size >= mostKeySets) keySets.clear()
    keySets.set(url, { keys, fetchedAt: now })
    return keys
  } catch (error) {
    if (known) return known.keys
    if (error instanceof OAuthError) throw refused(error.reason)
    if (!(error instanceof FetchProblem)) throw error
    throw refused({ kind: 'client-keys-unusable', failure: error.failure })
  }
}

/** The keys a client signs with, from its metadata or from its `jwks_uri`. */
async function keysOf(
  { id, metadata, approvedAt }: Client,
  assertion: UnverifiedAssertion,
  { startedAt, address }: Exchange,
): Promise<KeySet> {
  if (isKeySet(metadata.jwks)) return metadata.jwks
  if (typeof metadata.jwks_uri === 'string') {
    const asker = { known: approvedAt ? `client:${id}` : null, address }
    return fetchKeys(metadata.jwks_uri, assertionKeyId(assertion), startedAt.getTime(), asker)
  }
  throw refused({ kind: 'client-without-keys' })
}

/** `private_key_jwt` (RFC 7523 §2.2): signed by a key of the client, and used once. */
async function authenticateByAssertion(assertion: UnverifiedAssertion, exchange: Exchange) {
  const client = await knownClient(assertion.clientId, exchange.startedAt.getTime())
  if (!client) throw refused({ kind: 'client-unknown' })
  if (client.disabledAt) throw refused({ kind: 'client-disabled' })
  if (client.authMethod !== 'private_key_jwt') throw refused({ kind: 'assertion-not-registered' })
  const { issuer: issuers } = acceptedNames()
  const verified = await verifyClientAssertion(
    assertion,
    await keysOf(client, assertion, exchange),
    issuers.flatMap((issuer) => [issuer, `${issuer}/token`]),
    exchange.startedAt,
  )
  const idHash = hashSecret(`${client.id} ${verified.id}`)
  if (!(await takeAssertion(idHash, verified.expiresAt))) throw refused({ kind: 'assertion-used' })
  return client
}

/** How the client identifies itself: by an assertion, a secret, or its id alone. */
function readPresented(authorization: string | null, parameters: Parameters) {
  const assertion = readClientAssertion(parameters)
  if (!assertion) return readClientCredentials(authorization, parameters)
  if (authorization !== null || parameters.client_secret) {
    throw invalidRequest({ kind: 'client-authentication-repeated' })
  }
  return assertion
}

/**
 * Authenticates the client of a request (OAuth 2.1 §2.4).
 *
 * @throws {OAuthError} `invalid_client` or `invalid_request`
 * @throws {ThrottledError} after too many failures
 */
async function authenticatedClient(request: Request, parameters: Parameters, exchange: Exchange) {
  const presented = readPresented(request.headers.get('authorization'), parameters)
  exchange.ids.clientId = presented.clientId.slice(0, 200)
  await refuseManyFailures(exchange)
  try {
    if ('jwt' in presented) return await authenticateByAssertion(presented, exchange)
    const client = await knownClient(presented.clientId, exchange.startedAt.getTime())
    return authenticateClient(client, presented)
  } catch (error) {
    if (error instanceof OAuthError) await countFailure(exchange)
    throw error
  }
}

/** A request of a client that has authenticated. */
export type ClientRequest = {
  readonly client: Client
  readonly parameters: Parameters
  /** all values of `resource` (RFC 8707 §2) */
  readonly resources: readonly string[]
  readonly exchange: Exchange
}

/**
 * An endpoint to which clients post forms and authenticate: token, revocation and introspection.
 *
 * @param refused records a refusal as the endpoint's own event
 */
export const clientEndpoint = (
  name: string,
  answer: (request: ClientRequest) => Promise<Response>,
  refused: EndpointOptions['refused'],
): RequestHandler =>
  endpoint(name, {
    cors: true,
    methods: {
      POST: async (request, exchange) => {
        const form = await clientFormOf(request)
        const parameters = readParameters(form)
        const client = await authenticatedClient(request, parameters, exchange)
        return answer({ client, parameters, resources: readResources(form), exchange })
      },
    },
    refused,
  })
