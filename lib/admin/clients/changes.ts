import 'server-only'
import { type ActionResult, done, refused } from '@/lib/admin/outcome'
import { command } from '@/lib/auth/declared'
import { commitBy } from '@/lib/auth/exchange'
import type { Person } from '@/lib/auth/session'
import { clientSecret } from '@/lib/endpoints/client-secret'
import { before, type Form, form, sentText } from '@/lib/http/sent'
import { registeredMetadata } from '@/lib/oauth/client-metadata'
import { redirectUriProblem } from '@/lib/oauth/redirect-uri'
import { joinScope, serverScopes } from '@/lib/oauth/scope'
import { hashSecret, newId } from '@/lib/oauth/secret'
import { longestName, shownText } from '@/lib/oauth/shown-text'
import { changeClient, createRegisteredClient, deleteClient } from '@/lib/store/clients/changes'
import { type Client, findClient } from '@/lib/store/clients/clients'
import type { NewEvent } from '@/lib/store/events/events'
import type { Actor } from '@/lib/vocabulary'

const path = '/admin/clients'

const inputOf = (fields: Form) => ({
  name: fields.text('name'),
  /** one per line */
  redirectUris: fields.text('redirectUris'),
  confidential: fields.isTicked('confidential'),
  /** may also get tokens for itself, without a person (RFC 6749 §4.4) */
  clientCredentials: fields.isTicked('clientCredentials'),
})

/** An admin's input for a new client. */
type NewClientInput = Readonly<ReturnType<typeof inputOf>>

/** The state of the form for a new client: input and problems, or the created client. */
export type NewClientState = {
  readonly input: NewClientInput
  readonly problems: Readonly<Record<string, string>>
  /** the id and, once, the secret */
  readonly made: { readonly clientId: string; readonly clientSecret: string | null } | null
}

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

/** Creates a client for software that needs an id and a secret typed in (pre-registration). */
export const createClient = command(
  { role: 'admin', path: `${path}/new`, takes: [before, form] },
  async (operator, _, fields): Promise<NewClientState> => {
    const input = inputOf(fields)
    const redirectUris = input.redirectUris.split(/\s+/).filter(Boolean)
    const problems = problemsOf(input, redirectUris)
    if (Object.keys(problems).length > 0) return { input, problems, made: null }
    const id = newId('client_')
    const authMethod = input.confidential ? 'client_secret_post' : 'none'
    const name = shownText(input.name, longestName)
    const grantTypes = [
      ...(redirectUris.length > 0 ? ['authorization_code', 'refresh_token'] : []),
      ...(input.clientCredentials ? ['client_credentials'] : []),
    ]
    const secret = input.confidential ? clientSecret({ id, secretVersion: 0 }) : null
    const sent = { name, redirectUris, authMethod, grantTypes, jwks: null, jwksUri: null } as const
    const metadata = registeredMetadata(
      { ...sent, echoed: {}, ignored: [] },
      joinScope(serverScopes),
    )
    const row = {
      id,
      kind: 'registered',
      name,
      redirectUris,
      authMethod,
      secretHash: secret === null ? null : hashSecret(secret),
      grantTypes,
      metadata,
      createdById: operator.id,
    } as const
    await commitBy(operator, { clientId: id }, (describe, actor) =>
      createRegisteredClient(row, actor, [
        describe('client.created', { clientName: name, authMethod }),
      ]),
    )
    return { input, problems: {}, made: { clientId: id, clientSecret: secret } }
  },
)

type Change = 'client.disabled' | 'client.enabled' | 'client.secret-rotated' | 'client.deleted'

/** Applies a change to a client, with its event. @returns the client as it was, if it was changed */
async function change(
  person: Person,
  id: string,
  name: Change,
  apply: (client: Client, actor: Actor, events: readonly NewEvent[], at: Date) => Promise<boolean>,
): Promise<Client | null> {
  const client = await findClient(id)
  if (!client) return null
  const isDone = await commitBy(person, { clientId: id }, (describe, actor, at) =>
    apply(client, actor, [describe(name, { clientName: client.name })], at),
  )
  return isDone ? client : null
}

const outcomeOf = (client: Client | null, what: string): ActionResult =>
  client ? done(`${client.name} is ${what}`) : refused('This client no longer exists')

/** Disables a client: its requests and its tokens are refused. */
export const disableClient = command(
  { role: 'admin', path, takes: [sentText] },
  async (person, id) => {
    const name = 'client.disabled'
    const client = await change(person, id, name, (_, actor, events, disabledAt) =>
      changeClient(id, { disabledAt }, name, actor, events),
    )
    return outcomeOf(client, 'disabled, and its tokens are refused')
  },
)

/** Enables a disabled client again. */
export const enableClient = command(
  { role: 'admin', path, takes: [sentText] },
  async (person, id) => {
    const name = 'client.enabled'
    const client = await change(person, id, name, (_, actor, events) =>
      changeClient(id, { disabledAt: null }, name, actor, events),
    )
    return outcomeOf(client, 'enabled again')
  },
)

/** Deletes a client with its connections and tokens. */
export const removeClient = command(
  { role: 'admin', path, takes: [sentText] },
  async (person, id) => {
    const client = await change(person, id, 'client.deleted', (_, actor, events) =>
      deleteClient(id, actor, events),
    )
    return outcomeOf(client, 'deleted, with its connections and tokens')
  },
)

/** The result of a rotation with the new secret, which is shown once. */
export type RotationOutcome = ActionResult & { readonly secret: string | null }

/** Gives a client a new secret and invalidates the old one. */
export const rotateClientSecret = command(
  { role: 'admin', path, takes: [sentText] },
  async (person, id): Promise<RotationOutcome> => {
    const name = 'client.secret-rotated'
    const next = ({ secretVersion }: Client) => ({ id, secretVersion: secretVersion + 1 })
    const rotated = await change(person, id, name, async (client, actor, events) => {
      if (client.secretHash === null) return false
      const { secretVersion } = next(client)
      const secretHash = hashSecret(clientSecret({ id, secretVersion }))
      return changeClient(id, { secretHash, secretVersion }, name, actor, events)
    })
    return rotated
      ? { ...done('The old secret has ended'), secret: clientSecret(next(rotated)) }
      : { ...refused('This client has no secret'), secret: null }
  },
)
