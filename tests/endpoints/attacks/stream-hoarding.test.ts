import { afterAll, expect, test, vi } from 'vitest'
import { atOnce } from '../../support/database/at-once'
import { type OpenStream, openSession, openStream } from '../../support/mcp/mcp-session'
import { connect } from '../../support/oauth/oauth-tokens'
import { startPortico } from '../../support/server/portico'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

/** RFC 9700 has no section for it: a member who would hold every socket through many connections. */

const { origin } = await startPortico()
const mcpUrl = `${origin}/mcp`
const tokenOf = async () => (await connect(origin)).tokens.access_token
const mostOfConnection = 128
/** What a small machine can bear at a time. */
const inTurn = 16

const open: OpenStream[] = []
afterAll(() => {
  for (const stream of open) stream.drop()
})

/** Opens the stream of GET of a session of its own. @returns the status */
async function another(token: string): Promise<number> {
  const stream = await openStream(mcpUrl, await openSession(mcpUrl, token), { method: 'GET' })
  open.push(stream)
  return stream.status
}

test('streams are bounded by person, however many connections they make', async () => {
  for (const token of [await tokenOf(), await tokenOf()]) {
    for (let opened = 0; opened < mostOfConnection; opened += inTurn) {
      const statuses = await atOnce(inTurn, () => another(token))
      expect(new Set(statuses)).toEqual(new Set([200]))
    }
  }
  expect(await another(await tokenOf())).toBe(429)
})
