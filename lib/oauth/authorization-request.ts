import { invalidRequest, OAuthError, parameterMissing } from './errors'
import { type KeptParameters, readKept } from './kept-parameters'
import type { Parameters } from './parameters'
import { type LoopbackPolicy, matchRedirectUri, redirectUriProblem } from './redirect-uri'
import type { OwnResource } from './resource'

/**
 * Phase 1 of an authorization request: where may the answer go? Until this has passed, only the person
 * may get an answer (OAuth 2.1 §4.1.2.1, RFC 9700 §4.11.2).
 *
 * @returns the redirect URI to use
 * @throws {OAuthError} to be shown as a page
 */
export function checkRedirectUri(
  registered: readonly string[],
  requested: string | undefined,
  policy: LoopbackPolicy,
): string {
  if (requested === undefined) {
    const [only] = registered
    if (registered.length === 1 && only !== undefined) return usable(only)
    throw parameterMissing('redirect_uri')
  }
  // a URI registered under earlier, wider rules is refused with its own problem
  if (registered.includes(requested)) return usable(requested)
  if (!matchRedirectUri(registered, requested, policy)) {
    throw invalidRequest({ kind: 'redirect-uri-unregistered' })
  }
  return requested
}

/** @throws {OAuthError} when no redirect may go to this URI, registered or not */
function usable(uri: string): string {
  const problem = redirectUriProblem(uri)
  if (problem !== null) throw invalidRequest({ kind: 'redirect-uri-unusable', problem })
  return uri
}

/**
 * Phase 2: everything else. An error here is answered by redirect (OAuth 2.1 §4.1.2.1).
 *
 * @param resources all values of `resource`
 * @param own the one resource of this server
 * @returns what is kept of it
 * @throws {OAuthError} to be sent to the redirect URI
 */
export function checkAuthorizationRequest(
  parameters: Parameters,
  resources: readonly string[],
  own: OwnResource,
): KeptParameters {
  checkResponseType(parameters)
  return readKept({ parameters, resources, own })
}

function checkResponseType({ response_type: type, response_mode: mode }: Parameters): void {
  if (type === undefined) throw parameterMissing('response_type')
  if (type !== 'code') {
    throw new OAuthError('unsupported_response_type', { kind: 'response-type' })
  }
  if (mode !== undefined && mode !== 'query') throw invalidRequest({ kind: 'response-mode' })
}
