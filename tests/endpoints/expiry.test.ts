import { beforeAll, describe, expect, test, vi } from 'vitest'
import { changeStored } from '../support/database/oauth-database'
import { postMcp, toolCall } from '../support/mcp/mcp-message'
import { authorizationUrl, type Code, newPkce, obtainCode, register } from '../support/oauth/oauth'
import {
  type Connection,
  connect,
  exchangeCode,
  refresh,
  tokensOf,
} from '../support/oauth/oauth-tokens'
import { form, type Operator, signIn } from '../support/people/operator'
import { type ConsentPage, textOf, visitConsent } from '../support/people/operator-consent'
import { startPortico } from '../support/server/portico'
import { admin, type Portico } from '../support/server/portico-process'
import { verifies } from '../support/sources/verifies'

// several processes are started, one after another
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

/**
 * What time and other people do. Everything is made first, then the clock of the stored rows is
 * set back and a second person is added, then each test looks at what became of its part.
 */

let portico: Portico
let origin: string
let operator: Operator
let reused: Connection & { readonly successor: string; readonly access: string }
let idle: Connection
let code: Code
let late: ConsentPage
let open: ConsentPage
let orphan: Connection

const second = { email: 'second@portico.test', password: admin.password }

async function visit(): Promise<ConsentPage> {
  const client = await register(origin)
  return visitConsent(operator, authorizationUrl(origin, client, newPkce().challenge))
}

const call = async (token: string) =>
  (await postMcp(`${origin}/mcp`, token, toolCall('whoami'))).status

beforeAll(async () => {
  portico = await startPortico()
  origin = portico.origin
  operator = await signIn(origin)
  const connection = await connect(origin)
  const next = tokensOf(await refresh(origin, connection, connection.tokens.refresh_token))
  reused = { ...connection, successor: next.refresh_token, access: next.access_token }
  idle = await connect(origin)
  orphan = await connect(origin)
  code = await obtainCode(origin)
  late = await visit()
  open = await visit()
  const idOf = (path: string) => path.split('/')[2]
  portico = await changeStored(portico, [
    `update "RefreshToken" set "consumedAt" = now() - interval '61 seconds' where "consumedAt" is not null`,
    `update "RefreshToken" set "expiresAt" = now() - interval '1 second' where "clientId" = '${idle.client.client_id}'`,
    `update "AuthorizationCode" set "expiresAt" = now() - interval '1 second' where "consumedAt" is null`,
    `update "Interaction" set "expiresAt" = now() - interval '1 second' where "id" = '${idOf(late.path)}'`,
    `update "Client" set "disabledAt" = now() where "id" = '${orphan.client.client_id}'`,
    `insert into "User" ("id", "email", "role", "passwordHash")
      select 'user_second', '${second.email}', "role", "passwordHash" from "User"`,
  ])
})

describe('after a restart', () => {
  test(
    verifies(['A39', 'A31'], 'a refresh token reused after the grace window ends the grant'),
    async () => {
      expect(await call(reused.access)).toBe(200)
      const replay = await refresh(origin, reused, reused.tokens.refresh_token)
      expect([replay.status, replay.body.error]).toEqual([400, 'invalid_grant'])
      expect(await call(reused.access)).toBe(401)
      expect(await call(reused.tokens.access_token)).toBe(401)
      const successor = await refresh(origin, reused, reused.successor)
      expect([successor.status, successor.body.error]).toEqual([400, 'invalid_grant'])
    },
  )

  test(verifies(['A31'], 'an expired refresh token is invalid_grant'), async () => {
    const { status, body } = await refresh(origin, idle, idle.tokens.refresh_token)
    expect([status, body.error]).toEqual([400, 'invalid_grant'])
    expect(await call(idle.tokens.access_token)).toBe(200)
  })

  test(verifies(['A25', 'A31'], 'an expired code is invalid_grant'), async () => {
    const { status, body } = await exchangeCode(origin, code)
    expect([status, body.error]).toEqual([400, 'invalid_grant'])
  })

  test(verifies(['A19'], 'an expired request takes no answer'), async () => {
    const response = await operator.open(late.action, form({ csrf: late.csrf, decision: 'allow' }))
    expect(response.status).toBe(400)
    expect(response.headers.get('location')).toBeNull()
    expect(textOf(await response.text())).toContain('expired')
    const page = await (await operator.open(late.path)).text()
    expect(page).not.toContain('name="csrf"')
    expect(textOf(page)).toContain('expired')
  })

  test(
    verifies(['A30', 'A12'], 'a client that was disabled is told to register anew'),
    async () => {
      const { status, body } = await refresh(origin, orphan, orphan.tokens.refresh_token)
      expect([status, body.error]).toEqual([401, 'invalid_client'])
      expect(await call(orphan.tokens.access_token)).toBe(401)
      const url = authorizationUrl(origin, orphan.client, newPkce().challenge)
      const response = await operator.open(url)
      expect([response.status, response.headers.get('location')]).toEqual([400, null])
    },
  )

  test(verifies(['A19'], 'the form of one person is no use to another'), async () => {
    const other = await signIn(origin, second)
    const fields = form({ csrf: open.csrf, decision: 'allow' })
    const response = await other.open(open.action, fields)
    expect([response.status, response.headers.get('location')]).toEqual([400, null])
    // the session outlived the restart, and the form still is the first person's
    const own = await operator.open(open.action, fields)
    expect(own.headers.get('location')).toMatch(/[?&]code=pac_/)
  })
})

test(
  verifies(['R4', 'A46'], 'a token of the same key for another resource is refused'),
  async () => {
    const { tokens } = await connect(origin)
    const keysOf = async () => (await fetch(`${origin}/.well-known/jwks.json`)).json()
    const keys = await keysOf()
    // the names of loopback are one server, a name of another kind is another
    portico = await changeStored(portico, [], { PORTICO_URL: 'https://elsewhere.example' })
    expect(await keysOf()).toEqual(keys)
    const answer = await postMcp(`${origin}/mcp`, tokens.access_token, toolCall('whoami'))
    expect(answer.status).toBe(401)
    const challenge = answer.headers.get('www-authenticate')
    expect(challenge).toMatch(/error="invalid_token".*wrong (issuer|audience)/)
  },
)
