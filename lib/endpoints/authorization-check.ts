import 'server-only'
import { json, noStore } from '@/lib/http/responses'
import { checkAuthorizationRequest } from '@/lib/oauth/authorization-request'
import { OAuthError } from '@/lib/oauth/errors'
import type { Parameters } from '@/lib/oauth/parameters'
import { redirectHost } from '@/lib/oauth/redirect-uri'
import { RefusedClient } from '@/lib/oauth/refused-client'
import { record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { addresses } from './addresses'
import type { Proven } from './authorization-refusal'
import { runMark } from './request-marks'

/**
 * The endpoint reports a deleted client as unauthorized (RFC 6749 §4.1.2.1). A program checks whether
 * its registration still exists, and registers again on `invalid_client`.
 */
const codeFor = (error: OAuthError): OAuthError['code'] =>
  error instanceof RefusedClient && error.problem === 'unknown' ? 'invalid_client' : error.code

/** Refuses a program's authorization request in JSON: it cannot use a page or a redirect. */
export function checkRefused(error: OAuthError, exchange: Exchange): Response {
  const code = codeFor(error)
  const { description, reason, addresses: about } = error
  const { status } = new OAuthError(code, reason)
  const refusal = { error: code, description, reason, wanted: about.wanted }
  record(exchange, 'authorization.checked', status, refusal, 'refused')
  return json({ error: code, error_description: description }, status, noStore)
}

/**
 * Tells a program whether its authorization request is valid, before it opens a browser with it.
 * Nothing is stored: opening the request in a browser starts it.
 *
 * @throws {OAuthError} for {@link checkRefused}
 */
export function checked(
  parameters: Parameters,
  resources: readonly string[],
  { client, redirectUri }: Proven,
  exchange: Exchange,
): Response {
  checkAuthorizationRequest(parameters, resources, addresses())
  record(exchange, 'authorization.checked', 200, {
    clientName: client.name,
    redirectHost: redirectHost(redirectUri),
    run: runMark(parameters),
  })
  const message = 'this request is valid: open it in a browser, where a person answers it'
  return json({ client_id: client.id, message }, 200, noStore)
}
