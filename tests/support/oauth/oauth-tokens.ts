import { type Answer, type Code, type Fields, obtainCode, postForm } from './oauth'

/** A successful response of the token endpoint (RFC 6749 §5.1). */
export type Tokens = {
  readonly access_token: string
  readonly token_type: string
  readonly expires_in: number
  readonly scope: string
  readonly refresh_token: string
}

/** A connection: its client and tokens. */
export type Connection = Code & { readonly tokens: Tokens }

/** Tokens of a response. @throws {Error} if it is an error */
export function tokensOf({ status, body, text }: Answer): Tokens {
  if (status !== 200) throw new Error(`no tokens were issued: HTTP ${status} ${text}`)
  return body as Tokens
}

/** A client's authentication in the body; only its id for a public one. */
export const credentialsOf = ({ client }: Pick<Code, 'client'>): Fields => ({
  client_id: client.client_id,
  client_secret: client.client_secret,
})

/** Exchanges a code (RFC 6749 §4.1.3); `fields` change the request. */
export const exchangeCode = (
  origin: string,
  code: Code,
  fields: Fields = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> =>
  postForm(
    `${origin}/token`,
    {
      grant_type: 'authorization_code',
      code: code.code,
      code_verifier: code.verifier,
      redirect_uri: code.client.redirect_uris[0],
      ...credentialsOf(code),
      ...fields,
    },
    headers,
  )

/** Exchanges a refresh token (RFC 6749 §6). */
export const refresh = (
  origin: string,
  connection: Pick<Connection, 'client'>,
  refreshToken: string,
  fields: Fields = {},
): Promise<Answer> =>
  postForm(`${origin}/token`, {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    ...credentialsOf(connection),
    ...fields,
  })

/** Runs the whole flow to tokens. */
export async function connect(
  origin: string,
  options: Parameters<typeof obtainCode>[1] = {},
): Promise<Connection> {
  const code = await obtainCode(origin, options)
  return { ...code, tokens: tokensOf(await exchangeCode(origin, code)) }
}

/** Revokes a token (RFC 7009). */
export const revoke = (
  origin: string,
  { client }: Pick<Connection, 'client'>,
  token: string,
  fields: Fields = {},
): Promise<Answer> =>
  postForm(`${origin}/revoke`, { token, ...credentialsOf({ client }), ...fields })
