import 'server-only'
import { operatorExchange } from '@/lib/auth/exchange'
import { requireOperator } from '@/lib/auth/session'
import { clientSecret } from '@/lib/endpoints/client-secret'
import type { EventName } from '@/lib/events/catalogue'
import { commit } from '@/lib/events/recorder'
import { registeredMetadata } from '@/lib/oauth/client-metadata'
import { redirectUriProblem } from '@/lib/oauth/redirect-uri'
import { joinScope, serverScopes } from '@/lib/oauth/scope'
import { hashSecret, newId } from '@/lib/oauth/secret'
import { longestName, shownText } from '@/lib/oauth/shown-text'
import { changeClient, createRegisteredClient, deleteClient } from '@/lib/store/client-changes'
import { type Client, findClient } from '@/lib/store/clients'

const path = '/admin/clients'

/** What an admin says of a new client. */
export type NewClientInput = {
  readonly name: string
  /** one to a line */
  readonly redirectUris: string
  readonly confidential: boolean
  /** may also get tokens for itself, without a person (RFC 6749 §4.4) */
  readonly clientCredentials: boolean
}

/** The id and, once, the secret of a client; or what is wrong, by field. */
export type ClientResult =
  | { readonly ok: true; readonly clientId: string; readonly clientSecret: string | null }
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> }

function problemsOf(input: NewClientInput, uris: readonly string[]): Record<string, string> {
  const problems: Record<string, string> = {}
  if (!shownText(input.name, longestName)) problems.name = 'Give the client a name.'
  const odd = uris.map((uri) => [uri, redirectUriProblem(uri)] as const).find(([, why]) => why)
  if (odd) problems.redirectUris = `${odd[0]} ${odd[1]}.`
  if (uris.length === 0 && !input.clientCredentials) {
    problems.redirectUris = 'Give at least one redirect URI.'
  }
  if (input.clientCredentials && !input.confidential) {
    problems.clientCredentials = 'Only a client with a secret can get tokens for itself.'
  }
  return problems
}

/** Makes a client to paste into software that wants an id and a secret (pre-registration). */
export async function createClient(input: NewClientInput): Promise<ClientResult> {
  const operator = await requireOperator('admin', path)
  const redirectUris = input.redirectUris.split(/\s+/).filter(Boolean)
  const problems = problemsOf(input, redirectUris)
  if (Object.keys(problems).length > 0) return { ok: false, problems }
  const exchange = await operatorExchange(operator, path)
  const id = newId('client_')
  exchange.ids.clientId = id
  const authMethod = input.confidential ? 'client_secret_post' : 'none'
  const name = shownText(input.name, longestName)
  const grantTypes = [
    ...(redirectUris.length > 0 ? ['authorization_code', 'refresh_token'] : []),
    ...(input.clientCredentials ? ['client_credentials'] : []),
  ]
  const secret = input.confidential ? clientSecret({ id, secretVersion: 0 }) : null
  const told = { name, redirectUris, authMethod, grantTypes, jwks: null, jwksUri: null } as const
  const metadata = registeredMetadata({ ...told, echoed: {}, ignored: [] }, joinScope(serverScopes))
  const row = {
    id,
    kind: 'registered' as const,
    name,
    redirectUris,
    authMethod,
    secretHash: secret === null ? null : hashSecret(secret),
    grantTypes,
    metadata,
    createdById: operator.id,
  } as const
  const actor = { userId: operator.id, address: exchange.address }
  await commit(exchange, (tell) =>
    createRegisteredClient(row, actor, [tell('client.created', { clientName: name, authMethod })]),
  )
  return { ok: true, clientId: id, clientSecret: secret }
}

type Change = 'client.disabled' | 'client.enabled' | 'client.secret-rotated' | 'client.deleted'

/** What every change of a client has in common: guard, client, event, actor. */
async function change(
  id: string,
  name: Change & EventName,
  apply: (client: Client, at: Date, ...rest: Parameters<typeof deleteClient>) => Promise<boolean>,
): Promise<Client | null> {
  const operator = await requireOperator('admin', path)
  const client = await findClient(id)
  if (!client) return null
  const exchange = await operatorExchange(operator, path)
  exchange.ids.clientId = id
  const actor = { userId: operator.id, address: exchange.address }
  const done = await commit(exchange, (tell) =>
    apply(client, exchange.startedAt, id, actor, [tell(name, { clientName: client.name })]),
  )
  return done ? client : null
}

/** Disables a client: it cannot ask any more, and its tokens are refused. */
export const disableClient = (id: string): Promise<Client | null> =>
  change(id, 'client.disabled', (_client, at, ...rest) => {
    const [clientId, actor, events] = rest
    return changeClient(clientId, { disabledAt: at }, 'client.disabled', actor, events)
  })

/** Lets a disabled client in again. */
export const enableClient = (id: string): Promise<Client | null> =>
  change(id, 'client.enabled', (_client, _at, clientId, actor, events) =>
    changeClient(clientId, { disabledAt: null }, 'client.enabled', actor, events),
  )

/** Deletes a client with its connections and tokens. */
export const removeClient = (id: string): Promise<Client | null> =>
  change(id, 'client.deleted', (_client, _at, ...rest) => deleteClient(...rest))

/** Gives a client a new secret and ends the old one. @returns the secret, shown once, or `null` */
export async function rotateClientSecret(id: string): Promise<string | null> {
  const rotated = await change(
    id,
    'client.secret-rotated',
    async (client, _at, clientId, actor, events) => {
      if (client.secretHash === null) return false
      const secretVersion = client.secretVersion + 1
      const secretHash = hashSecret(clientSecret({ id: clientId, secretVersion }))
      const fields = { secretHash, secretVersion }
      return changeClient(clientId, fields, 'client.secret-rotated', actor, events)
    },
  )
  return rotated && clientSecret({ id, secretVersion: rotated.secretVersion + 1 })
}
