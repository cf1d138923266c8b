import type { Parameters } from './parameters'
import { checkCodeChallenge, checkVerifier } from './pkce'
import { checkMadeFor, type OwnResource, resolveResource } from './resource'
import { grantableScope, joinScope } from './scope'

/** What a client sent to the authorization or the token endpoint, and to which server. */
type Sent = {
  readonly parameters: Parameters
  /** all values of `resource` */
  readonly resources: readonly string[]
  readonly own: OwnResource
}

type KeptParameter = {
  /** reads it from an authorization request. @throws {OAuthError} to be sent to the redirect URI */
  read(sent: Sent): string | null
  /** checks a token request against what was kept. @throws {OAuthError} */
  check?(kept: string | null, sent: Sent): void
}

/**
 * The parameters of an authorization request that are kept until a token is issued, in the order they are
 * checked. To add one, add a row here and a column of its name to `Interaction` and `AuthorizationCode`.
 */
const kept = {
  codeChallenge: {
    read: ({ parameters }) => checkCodeChallenge(parameters),
    check: (challenge: string, { parameters }) => checkVerifier(parameters, challenge),
  },
  resource: {
    read: ({ resources, own }) => resolveResource(resources, own),
    check(resource: string, { resources, own }) {
      checkMadeFor(resource, own)
      resolveResource(resources, own)
    },
  },
  scope: { read: ({ parameters }) => joinScope(grantableScope(parameters.scope)) },
} satisfies Readonly<Record<string, KeptParameter>>

/** What is kept of an authorization request. */
export type KeptParameters = {
  readonly [Name in keyof typeof kept]: ReturnType<(typeof kept)[Name]['read']>
}

const all: readonly [string, KeptParameter][] = Object.entries(kept)

/** Reads what is to be kept. @throws {OAuthError} to be sent to the redirect URI */
export const readKept = (sent: Sent): KeptParameters =>
  Object.fromEntries(all.map(([name, { read }]) => [name, read(sent)])) as KeptParameters

/** Checks a token request against what was kept. @throws {OAuthError} */
export function checkKept(stored: KeptParameters, sent: Sent): void {
  for (const [name, { check }] of all) check?.(stored[name as keyof KeptParameters], sent)
}

/** Only what is kept, of a row that has more. */
export const keptOf = (row: KeptParameters): KeptParameters =>
  Object.fromEntries(
    all.map(([name]) => [name, row[name as keyof KeptParameters]]),
  ) as KeptParameters
