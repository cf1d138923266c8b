import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { expect, test } from 'vitest'
import { observeBody } from '@/lib/http/observe-body'
import { mcpHeaders } from '../support/mcp/mcp-message'
import { connect } from '../support/oauth/oauth-tokens'
import { operatorOf } from '../support/people/operator'
import { untilLogged } from '../support/people/operator-log'
import { sharedOrigin } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

const origin = sharedOrigin()

test(verifies(['R14'], 'a client that goes away while it sends frees its exchange'), async () => {
  const { tokens } = await connect(origin)
  const mark = `abort-${randomUUID()}`
  const headers = mcpHeaders(tokens.access_token, { 'user-agent': mark, 'content-length': '1000' })
  const sending = request(`${origin}/mcp`, { method: 'POST', headers: Object.fromEntries(headers) })
  sending.on('error', () => {}).write('{"jsonrpc":"2.0",')
  setTimeout(() => sending.destroy(), 100)
  // an exchange is recorded when it ends; one that waited for the rest would never be
  const isOver = (rows: readonly unknown[]) => rows.length > 0
  const [row] = await untilLogged(await operatorOf(origin), { q: mark }, isOver)
  expect(row).toMatchObject({ name: 'mcp.refused', outcome: 'refused' })
})

test(
  verifies(['R14'], 'a client that goes away while it is answered stops what answers'),
  async () => {
    let reason: unknown
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('data: {}\n\n')),
      cancel: (given) => {
        reason = given
      },
    })
    const seen: number[] = []
    const { signal } = new AbortController()
    const response = observeBody(new Response(endless), signal, ({ bytes }) => seen.push(bytes))
    const reader = response.body?.getReader()
    await reader?.read()
    expect(seen).toEqual([])
    await reader?.cancel('gone')
    expect(reason).toBe('gone')
    expect(seen).toHaveLength(1)
  },
)
