import { randomBytes } from 'node:crypto'
import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { hashSecret } from '@/lib/oauth/secret'
import { changeStored } from '../../support/database/oauth-database'
import { postMcp, toolCall } from '../../support/mcp/mcp-message'
import { postForm, register } from '../../support/oauth/oauth'
import { connect } from '../../support/oauth/oauth-tokens'
import { startPortico } from '../../support/server/portico'
import type { Portico } from '../../support/server/portico-process'
import { verifies } from '../../support/sources/verifies'

// a process is started twice
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const secret = `psec_${randomBytes(32).toString('base64url')}`
let portico: Portico
/** the subject of a person's tokens */
let person: string

/** A client as an admin makes it, under the worst of ids. */
const insertClient = (id: string) => `
  insert into "Client" ("id", "kind", "name", "redirectUris", "authMethod", "secretHash",
      "grantTypes", "metadata", "createdById")
    select '${id}', 'registered', 'Machine', '{}', 'client_secret_post', '${hashSecret(secret)}',
      '{client_credentials}', '{}', "id" from "User" limit 1`

const ask = (id: string, fields: Record<string, string> = {}) =>
  postForm(`${portico.origin}/token`, {
    grant_type: 'client_credentials',
    client_id: id,
    client_secret: secret,
    ...fields,
  })

beforeAll(async () => {
  portico = await startPortico()
  const { tokens } = await connect(portico.origin)
  person = String(decodeJwt(tokens.access_token).sub)
  portico = await changeStored(portico, [insertClient('client_machine')])
})

describe('RFC 9700 §4.15: a client that poses as the resource owner', () => {
  test(verifies(['A43', 'A46'], 'a token of its own has itself for a subject'), async () => {
    const { status, body } = await ask('client_machine')
    expect(status).toBe(200)
    expect(body).not.toHaveProperty('refresh_token')
    const claims = decodeJwt(String(body.access_token))
    expect([claims.sub, claims.client_id]).toEqual(['client_machine', 'client_machine'])
    const whoami = await postMcp(
      `${portico.origin}/mcp`,
      String(body.access_token),
      toolCall('whoami'),
    )
    expect(whoami.status).toBe(200)
  })

  test(verifies(['A46'], 'whatever subject it asks for'), async () => {
    const wishes = { sub: person, subject: person, username: person, user_id: person }
    const { body } = await ask('client_machine', wishes)
    expect(decodeJwt(String(body.access_token)).sub).toBe('client_machine')
  })

  test(verifies(['A51'], 'no client can choose an id that is a person’s'), async () => {
    expect(person).toMatch(/^user_/)
    const wish = { client_id: person, sub: person }
    const { client_id: id } = await register(portico.origin, wish)
    expect(id).toMatch(/^client_/)
  })

  test.each(['none', 'client_secret_post'])(
    verifies(['A43'], 'a client of %s that registered itself gets no token of its own'),
    async (method) => {
      const client = await register(portico.origin, {
        token_endpoint_auth_method: method,
        grant_types: ['client_credentials', 'authorization_code'],
      })
      expect(client.grant_types).not.toContain('client_credentials')
      const { status, body } = await postForm(`${portico.origin}/token`, {
        grant_type: 'client_credentials',
        client_id: client.client_id,
        client_secret: client.client_secret,
      })
      expect([status, body.error]).toEqual([400, 'unauthorized_client'])
    },
  )
})
