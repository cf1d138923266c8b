import { register } from '../support/oauth/oauth'
import { connect, refresh } from '../support/oauth/oauth-tokens'
import { type Operator, operatorOf } from '../support/people/operator'
import { porticoShots } from './contestants'
import { manyHandshakes } from './handshakes'
import { legs } from './legs'
import { check } from './load'
import { openStreams } from './streams'

/** How much a server is used; the default is about what a small team does in an hour. */
export type Use = {
  readonly calls: number
  readonly pageRounds: number
  readonly handshakes: number
  readonly refreshes: number
  readonly streams: number
}

export const anHour: Use = {
  calls: 1200,
  pageRounds: 1,
  handshakes: 20,
  refreshes: 40,
  streams: 20,
}

/** How many calls are under way at once. */
const atOnce = 8

/** Opens every page that is linked from where it has been, each kind of detail page a few times. */
async function openPages(operator: Operator, most: number): Promise<number> {
  const seen = new Set(['/admin', '/account', '/connections', '/setup', '/invite'])
  let opened = 0
  for (const page of seen) {
    const answer = await operator.open(page)
    const text = await answer.text()
    if (answer.status >= 500) throw new Error(`${page} answered HTTP ${answer.status}`)
    opened += 1
    for (const [, href = ''] of text.matchAll(/href="(\/(?:admin|account|connections)[^"#]*)"/g)) {
      if (seen.size < most) seen.add(href.replaceAll('&amp;', '&'))
    }
  }
  return opened
}

async function callTools(port: number, token: string, count: number): Promise<void> {
  const shots = porticoShots(token)
  const calls = legs.slice(0, 3).flatMap((leg) => shots[leg] ?? [])
  let sent = 0
  const worker = async () => {
    while (sent < count) {
      const shot = calls[sent % calls.length]
      sent += 1
      if (shot) await check(port, shot)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

async function refreshOften(origin: string, count: number): Promise<string> {
  const client = await register(origin)
  const connection = await connect(origin, { client })
  let { tokens } = connection
  for (let turn = 0; turn < count; turn += 1) {
    const { status, body, text } = await refresh(origin, connection, tokens.refresh_token)
    if (status !== 200) throw new Error(`a refresh answered HTTP ${status} ${text}`)
    tokens = body as typeof tokens
  }
  return tokens.access_token
}

/**
 * Uses a Portico as people and their clients do: handshakes, refreshes, tool calls of both eras, open
 * streams, every page of the dashboard. Everything is over when it returns.
 *
 * @returns calls a second, and how many pages were opened
 */
export async function exercise(
  origin: string,
  use: Use = anHour,
): Promise<{ callsPerSecond: number; pages: number }> {
  const port = Number(new URL(origin).port)
  await manyHandshakes(origin, use.handshakes)
  const token = await refreshOften(origin, use.refreshes)
  const streams = await openStreams(`${origin}/mcp`, [token], use.streams)
  const since = performance.now()
  await callTools(port, token, use.calls)
  const callsPerSecond = (use.calls * 1000) / (performance.now() - since)
  const operator = await operatorOf(origin)
  let pages = 0
  for (let round = 0; round < use.pageRounds; round += 1) pages += await openPages(operator, 120)
  await streams.close()
  return { callsPerSecond, pages }
}
