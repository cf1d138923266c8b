import 'server-only'
import type { EventDetail } from '@/lib/events/catalogue'
import { isBodyProblem } from '@/lib/http/body'
import { json, noStore } from '@/lib/http/responses'
import { kinHash } from '@/lib/oauth/client-kin'
import {
  type ClientMetadata,
  readClientMetadata,
  registeredMetadata,
} from '@/lib/oauth/client-metadata'
import { OAuthError, refusalDetail } from '@/lib/oauth/errors'
import { secondsOf } from '@/lib/oauth/lifetimes'
import { joinScope, serverScopes } from '@/lib/oauth/scope'
import { hashSecret, newId } from '@/lib/oauth/secret'
import { commit, record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { registerOnce } from '@/lib/store/clients/changes'
import type { Client } from '@/lib/store/clients/clients'
import { jsonOf } from './body'
import { clientSecret } from './client-secret'
import { endpoint, type Handler } from './endpoint'
import { noteMade } from './room'
import { countRegistration, crowdSource } from './throttles'

/** Hosted Claude sends its registration twice within a second or two; both get one client. */
const sameForMs = 10 * 60_000

const eventDetail = (client: ClientMetadata): EventDetail<'client.registered'> => ({
  clientName: client.name,
  authMethod: client.authMethod,
  redirectUris: [...client.redirectUris],
  softwareId: client.echoed.software_id,
  ignored: client.ignored.length > 0 ? [...client.ignored] : undefined,
})

/**
 * The sender, to distinguish a repetition from a stranger with the same text, who must not get the
 * secret: hosted Claude calls from many addresses of one network.
 */
const senderOf = ({ network, address }: Exchange): string =>
  network === 'anthropic' ? network : (address ?? network ?? '')

const hasSecret = (authMethod: string): boolean => authMethod.startsWith('client_secret_')

async function store(client: ClientMetadata, body: unknown, exchange: Exchange): Promise<Client> {
  const id = newId('client_')
  exchange.ids.clientId = id
  const row = {
    id,
    kind: 'dynamic' as const,
    name: client.name,
    redirectUris: [...client.redirectUris],
    authMethod: client.authMethod,
    secretHash: hasSecret(client.authMethod)
      ? hashSecret(clientSecret({ id, secretVersion: 0 }))
      : null,
    grantTypes: [...client.grantTypes],
    metadata: registeredMetadata(client, joinScope(serverScopes)),
    kinHash: kinHash(client),
    source: crowdSource(exchange, client),
    registrationHash: hashSecret(JSON.stringify([senderOf(exchange), body])),
  }
  const since = new Date(exchange.startedAt.getTime() - sameForMs)
  const result = await commit(exchange, (describe) =>
    registerOnce(row, since, [describe('client.registered', eventDetail(client), 201)]),
  )
  exchange.ids.clientId = result.client.id
  if (result.created) noteMade('clients')
  else record(exchange, 'client.registered', 201, { ...eventDetail(client), repeated: true })
  return result.client
}

const registerClient: Handler = async (request, exchange) => {
  const body = await jsonOf(request)
  if (isBodyProblem(body)) {
    throw new OAuthError('invalid_client_metadata', { kind: 'body-not-json' })
  }
  const metadata = readClientMetadata(body.value)
  await countRegistration(exchange, metadata.redirectUris)
  const client = await store(metadata, body.value, exchange)
  return json(
    {
      client_id: client.id,
      client_id_issued_at: secondsOf(client.createdAt),
      // RFC 7591 §3.2.1: required beside a secret; 0 means it does not expire
      ...(hasSecret(client.authMethod)
        ? { client_secret: clientSecret(client), client_secret_expires_at: 0 }
        : {}),
      ...client.metadata,
    },
    201,
    noStore,
  )
}

/** Dynamic client registration (RFC 7591 §3). */
export const register = endpoint('register', {
  cors: true,
  methods: { POST: registerClient },
  refused: (error, exchange) => record(exchange, 'client.refused', 400, refusalDetail(error)),
})
