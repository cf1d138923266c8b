import { form, type Operator } from '../people/operator'
import { visitConsent } from '../people/operator-consent'
import { authorizationUrl, newPkce, type RegisteredClient } from './oauth'
import { type Connection, exchangeCode, tokensOf } from './oauth-tokens'

/** Allows with "remember", and runs the flow to tokens. */
export async function connectAndRemember(
  person: Operator,
  client: RegisteredClient,
): Promise<Connection> {
  const { verifier, challenge } = newPkce()
  // asks even a remembered user
  const fields = { prompt: 'consent' }
  const { origin } = person
  const page = await visitConsent(person, authorizationUrl(origin, client, challenge, fields))
  const answer = { csrf: page.csrf, decision: 'allow', remember: 'yes' }
  const response = await person.open(page.action, form(answer))
  const callback = new URL(response.headers.get('location') ?? '')
  const code = { client, code: callback.searchParams.get('code') ?? '', verifier, callback }
  return { ...code, tokens: tokensOf(await exchangeCode(origin, code)) }
}

/** Whether a returning app gets its code at once, or its user is asked. */
export async function comesBack(
  person: Operator,
  client: RegisteredClient,
): Promise<'asked' | 'not asked'> {
  const url = authorizationUrl(person.origin, client, newPkce().challenge)
  const location = (await person.open(url)).headers.get('location') ?? ''
  if (/[?&]code=pac_/.test(location)) return 'not asked'
  if (/^\/consent\/int_/.test(location)) return 'asked'
  throw new Error(`neither a code nor a consent page: ${location}`)
}
