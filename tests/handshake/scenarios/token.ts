import { setTimeout as sleep } from 'node:timers/promises'
import { claudeCode, hostedClaude } from '../../support/clients/claude-clients'
import {
  calls,
  exchanges,
  getsCode,
  getsTokens,
  type WithCode,
} from '../../support/handshakes/corpus-client'
import { corpusFaults } from '../../support/handshakes/corpus-faults'
import type { Scenario } from '../../support/handshakes/corpus-scenario'
import type { World } from '../../support/handshakes/corpus-world'
import { postForm, register } from '../../support/oauth/oauth'
import { claudeIdentity } from './identities'

const patient = { ...hostedClaude, timeoutMs: 10_000 }

/** Exchanges a code in another way than it should. */
const exchangesWith =
  (
    fields: Parameters<typeof exchanges>[1],
    change: (made: WithCode) => WithCode = (made) => made,
  ) =>
  async (world: World) =>
    exchanges(change(await getsCode(world)), fields)

const withSecret =
  (secret: string | undefined) =>
  ({ client, ...made }: WithCode): WithCode => {
    const { client_secret: _, ...rest } = client
    return { ...made, client: { ...rest, ...(secret ? { client_secret: secret } : {}) } }
  }

const wrongVerifier = 'not-the-verifier-that-the-challenge-was-made-of-0000'

/** Uses up what an address may fail, before the handshake that is recorded. */
async function failOften({ origin }: World): Promise<void> {
  const headers = { 'x-forwarded-for': '198.51.100.77' }
  const { client_id } = await register(origin)
  const fields = { grant_type: 'refresh_token', client_id, refresh_token: 'dead' }
  for (let time = 0; time < 61; time += 1) await postForm(`${origin}/token`, fields, headers)
}

export const tokenScenarios: readonly Scenario[] = [
  {
    stream: 'pkce-mismatch',
    mode: 'pkce-mismatch',
    how: 'the verifier of another sign-in',
    run: exchangesWith({ code_verifier: wrongVerifier }),
  },
  {
    stream: 'pkce-mismatch-missing',
    mode: 'pkce-mismatch',
    how: 'no verifier at all',
    run: exchangesWith({ code_verifier: undefined }),
  },
  {
    stream: 'code-reuse',
    mode: 'code-reuse',
    how: 'the client exchanges the code twice, as a proxy that repeats a POST would',
    run: async (world) => {
      const made = await getsTokens(world)
      await exchanges(made)
    },
  },
  {
    stream: 'code-reuse-connected',
    mode: 'code-reuse',
    how: 'the code is exchanged again after the connection was made',
    run: async (world) => {
      const made = await getsTokens(world)
      await calls(made)
      await exchanges(made)
      await calls(made)
    },
  },
  {
    stream: 'code-expired',
    mode: 'code-expired',
    how: 'the code is exchanged after 65 s',
    run: async (world) => {
      const made = await getsCode(world)
      await world.later(65_000)
      await exchanges(made)
    },
  },
  {
    stream: 'code-other-instance',
    mode: 'code-other-instance',
    how: 'the client sends a code that is not here, as that of another instance',
    run: exchangesWith({ code: 'a-code-that-another-instance-has-issued-000' }),
  },
  {
    stream: 'code-other-instance-document',
    mode: 'code-other-instance',
    how: 'as before, with a client that every instance knows by its document',
    run: async (world) => {
      const made = await getsCode(world, claudeIdentity.script, { client: claudeIdentity.client })
      await exchanges(made, { code: 'a-code-that-another-instance-has-issued-000' })
    },
  },
  {
    stream: 'token-needs-secret',
    mode: 'token-needs-secret',
    how: 'the client leaves its secret out',
    run: exchangesWith({}, withSecret(undefined)),
  },
  {
    stream: 'token-needs-secret-wrong',
    mode: 'token-needs-secret',
    how: 'the client sends a piece of its secret, as after a paste that was cut off',
    run: exchangesWith({}, withSecret('cut-off')),
  },
  {
    stream: 'token-json-only-parser',
    mode: 'token-json-only-parser',
    how: 'the token request is JSON',
    run: async (world) => {
      const { discovered, code, verifier, client, wire } = await getsCode(world)
      await wire.send('token', 'control', discovered.tokenUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          grant_type: 'authorization_code',
          client_id: client.client_id,
          code,
          code_verifier: verifier,
        }),
      })
    },
  },
  {
    stream: 'token-slow',
    mode: 'token-slow',
    how: 'the token request waits for 10.6 s, and the client gives up after 10',
    fault: corpusFaults.slowToken,
    run: async (world) => {
      await exchanges(await getsCode(world, patient)).catch(() => undefined)
      await sleep(1500)
    },
  },
  {
    stream: 'token-rate-limited',
    mode: 'token-rate-limited',
    how: 'a program at the same address has failed sixty times within the minute',
    before: failOften,
    run: async (world) => {
      const script = { ...claudeCode, addresses: ['198.51.100.77'] }
      const made = await getsCode(world, script)
      await exchanges(made)
    },
  },
  {
    stream: 'code-never-redeemed',
    mode: 'code-never-redeemed',
    how: 'the browser goes back with the code, and nobody exchanges it',
    after: 40_000,
    run: (world) => getsCode(world),
  },
  {
    stream: 'code-never-redeemed-code',
    mode: 'code-never-redeemed',
    how: 'as before with Claude Code, whose port nobody listens on',
    after: 40_000,
    run: (world) => getsCode(world, claudeCode),
  },
]
