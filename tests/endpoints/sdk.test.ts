import * as v2 from '@modelcontextprotocol/client'
import * as v1auth from '@modelcontextprotocol/sdk/client/auth.js'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { describe, expect, test } from 'vitest'
import { toolNames } from '../support/mcp/tool-names'
import { MemoryProvider } from '../support/oauth/oauth-provider'
import { revoke } from '../support/oauth/oauth-tokens'
import { operatorOf } from '../support/people/operator'
import { approve } from '../support/people/operator-consent'
import { sharedOrigin } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

const origin = sharedOrigin()
const mcpUrl = new URL(`${origin}/mcp`)
const info = { name: 'sdk-test', version: '1.0.0' }

/** The person's part: from the URL that the SDK made to the callback. */
async function callbackOf(provider: MemoryProvider): Promise<URLSearchParams> {
  const url = provider.authorizationUrl
  if (!url) throw new Error('the SDK asked for no authorization')
  const { searchParams } = await approve(await operatorOf(origin), url)
  expect(searchParams.get('state')).toBe(provider.expectedState)
  return searchParams
}

/** A refresh that the SDK makes by itself, since the access token is no longer accepted. */
async function expireAccess(provider: MemoryProvider): Promise<string> {
  const { client, saved } = provider
  if (!client || !saved) throw new Error('there is nothing to expire')
  const registered = { ...client, redirect_uris: [] }
  expect((await revoke(origin, { client: registered }, saved.access_token)).status).toBe(200)
  return saved.access_token
}

describe('the SDK 1.x', () => {
  test(verifies(['A2', 'A7', 'A39', 'R1', 'R2'], 'connects with its own auth code'), async () => {
    const provider = new MemoryProvider('SDK 1.x')
    const first = new StreamableHTTPClientTransport(mcpUrl, { authProvider: provider })
    await expect(new Client(info).connect(first)).rejects.toThrow(v1auth.UnauthorizedError)
    await first.finishAuth((await callbackOf(provider)).get('code') ?? '')

    const client = new Client(info)
    await client.connect(new StreamableHTTPClientTransport(mcpUrl, { authProvider: provider }))
    expect(client.getServerVersion()?.name).toBe('Portico')
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(toolNames)
    const before = await expireAccess(provider)
    const { structuredContent } = await client.callTool({ name: 'whoami', arguments: {} })
    expect(structuredContent).toMatchObject({ person: 'admin@portico.test', app: 'SDK 1.x' })
    expect(provider.saved?.access_token).not.toBe(before)
    await client.close()
  })
})

describe('the SDK 2.x', () => {
  test.each([
    ['auto', '2026-07-28'],
    ['legacy', '2025-11-25'],
    [{ pin: '2026-07-28' }, '2026-07-28'],
  ] as const)(
    verifies(['A2', 'A7', 'A21', 'A39', 'R1', 'R2'], 'connects in mode %j'),
    async (mode, revision) => {
      const provider = new MemoryProvider('SDK 2.x')
      const newClient = () => new v2.Client(info, { versionNegotiation: { mode } })
      const newTransport = () =>
        new v2.StreamableHTTPClientTransport(mcpUrl, { authProvider: provider })
      const first = newTransport()
      await expect(newClient().connect(first)).rejects.toThrow(v2.UnauthorizedError)
      await first.finishAuth(await callbackOf(provider))

      const client = newClient()
      await client.connect(newTransport())
      expect(client.getNegotiatedProtocolVersion()).toBe(revision)
      expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(toolNames)
      const before = await expireAccess(provider)
      const { structuredContent } = await client.callTool({ name: 'whoami', arguments: {} })
      expect(structuredContent).toMatchObject({ person: 'admin@portico.test', app: 'SDK 2.x' })
      expect(provider.saved?.access_token).not.toBe(before)
      await client.close()
    },
  )
})
