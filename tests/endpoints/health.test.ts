import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { databaseFor } from '../support/database/portico-database'
import { tapPostgres } from '../support/database/postgres-tap'
import { toolCall } from '../support/mcp/mcp-message'
import { beginSlowly } from '../support/network/slow-request'
import { sendRaw } from '../support/oauth/oauth-raw'
import { connect } from '../support/oauth/oauth-tokens'
import { operatorOf, signIn } from '../support/people/operator'
import { readLog } from '../support/people/operator-log'
import { openLiveLog } from '../support/people/operator-stream'
import { askHealth } from '../support/server/health'
import { sharedOrigin, startPortico } from '../support/server/portico'

vi.setConfig({ testTimeout: 120_000 })

const origin = sharedOrigin()
const ready = {
  status: 200,
  body: { status: 'ready', checks: { server: 'ok', database: 'ok', migrations: 'ok' } },
}
const paths = ['/healthz', '/readyz'] as const

describe('a server that is well', () => {
  test('is alive, and ready', async () => {
    expect(await askHealth(origin, '/healthz')).toEqual({ status: 200, body: { status: 'ok' } })
    expect(await askHealth(origin, '/readyz')).toEqual(ready)
  })

  test.each(paths)('%s is kept by nobody, and answers HEAD without a body', async (path) => {
    for (const method of ['GET', 'HEAD']) {
      const response = await fetch(`${origin}${path}`, { method })
      expect(response.status).toBe(200)
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(response.headers.get('content-type')).toBe('application/json')
      expect((await response.text()).length > 0).toBe(method === 'GET')
    }
    const posted = await fetch(`${origin}${path}`, { method: 'POST', body: 'x' })
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  })

  test('answers whatever the checker calls it', async () => {
    for (const host of ['10.1.2.3:3000', 'portico', 'evil.example', '[']) {
      const line = `GET /readyz HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`
      expect((await sendRaw(origin, line)).text).toMatch(/^HTTP\/1.1 200[\s\S]*"ready"/)
    }
  })

  test('says nothing of it, neither in the log nor on the console', async () => {
    const portico = await startPortico()
    const operator = await signIn(portico.origin)
    const mark = `/readyz?${Date.now()}`
    for (const path of [...paths, mark]) await fetch(`${portico.origin}${path}`)
    await fetch(`${portico.origin}/after-the-checks`)
    await expect.poll(() => portico.output()).toContain('/after-the-checks')
    const seen = (await readLog(operator)).map((row) => row.path)
    expect(seen).toContain('/after-the-checks')
    for (const path of paths) {
      expect(seen.filter((one) => one?.startsWith(path))).toEqual([])
      expect(portico.output()).not.toContain(path)
    }
  })
})

// the wire of the embedded database cannot be cut
describe.skipIf(!process.env.TEST_DATABASE_URL)('a server whose database is away', () => {
  test('is alive but not ready, says why, and is ready again by itself', async () => {
    const dataDir = mkdtempSync(path.join(os.tmpdir(), 'portico-test-'))
    const database = String(await databaseFor(dataDir))
    const tap = await tapPostgres(database)
    const port = Number(new URL(tap.url).port)
    const portico = await startPortico({ dataDir, env: { DATABASE_URL: tap.url } })
    const check = () => askHealth(portico.origin, '/readyz')
    await expect.poll(check).toEqual(ready)

    await tap.close()
    const away = { database: 'does not answer', migrations: 'unknown', server: 'ok' }
    await expect.poll(check).toEqual({ status: 503, body: { status: 'unready', checks: away } })
    expect((await askHealth(portico.origin, '/healthz')).status).toBe(200)

    // a host that takes connections and says nothing more is no database either
    const held = new Set<Socket>()
    const silent = createServer((socket) => void held.add(socket.on('error', () => {})))
    await once(silent.listen(port, '127.0.0.1'), 'listening')
    await expect
      .poll(async () => {
        await check()
        return held.size
      })
      .toBeGreaterThan(0)
    // which of the two it says depends on who gives up first, the check or the connection
    const late = expect.stringMatching(/^(does not answer|no answer within 2 s)$/)
    expect(await check()).toMatchObject({
      status: 503,
      body: { status: 'unready', checks: { database: late } },
    })
    for (const socket of held) socket.destroy()
    await once(silent.close(), 'close')

    const again = await tapPostgres(database, port)
    await expect.poll(check, { timeout: 30_000 }).toEqual(ready)
    await portico.stop()
    await again.close()
  })

  test('is not loaded by whoever asks for it without a pause', async () => {
    const dataDir = mkdtempSync(path.join(os.tmpdir(), 'portico-test-'))
    const tap = await tapPostgres(String(await databaseFor(dataDir)))
    const portico = await startPortico({ dataDir, env: { DATABASE_URL: tap.url } })
    await askHealth(portico.origin, '/readyz')
    tap.taken()
    const since = Date.now()
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => askHealth(portico.origin, '/readyz')),
    )
    const seconds = Math.ceil((Date.now() - since) / 1000)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    const asked = tap.taken().filter((sql) => sql.includes('migration_name'))
    expect(asked.length).toBeLessThanOrEqual(seconds)
    await portico.stop()
    await tap.close()
  })
})

describe('a server that is asked to stop', () => {
  test('is unready at once, still answers, and lets what is open come to its end', async () => {
    const portico = await startPortico()
    const operator = await operatorOf(portico.origin)
    const { tokens } = await connect(portico.origin, { operator })
    const live = await openLiveLog(operator)
    const slow = await beginSlowly(
      `${portico.origin}/mcp`,
      tokens.access_token,
      toolCall('server_status'),
    )
    const stopped = portico.stop()
    await expect
      .poll(() => askHealth(portico.origin, '/readyz'))
      .toMatchObject({
        status: 503,
        body: { status: 'draining', checks: { server: 'stopping' } },
      })
    // streams end at once: their clients go on elsewhere
    expect(await live.ended).toBe(true)
    expect((await askHealth(portico.origin, '/healthz')).status).toBe(200)
    const other = await fetch(`${portico.origin}/.well-known/jwks.json`)
    expect(other.status).toBe(200)
    expect(other.headers.get('connection')).toBe('close')
    expect(slow.isClosed()).toBe(false)
    expect(await slow.finish()).toContain('uptime_seconds')
    expect((await stopped).code).toBe(0)
    expect(portico.output()).toContain('mcp.called')
  })

  test('waits no longer than it is told to', async () => {
    const portico = await startPortico({ env: { PORTICO_STOP_SECONDS: '1' } })
    const { tokens } = await connect(portico.origin)
    const slow = await beginSlowly(`${portico.origin}/mcp`, tokens.access_token, toolCall('whoami'))
    const { code } = await portico.stop()
    expect(code).toBe(0)
    expect(slow.isClosed()).toBe(true)
    expect(portico.output()).toContain('server.stopped')
  })

  test('ends there and then when it is asked again', async () => {
    const portico = await startPortico({ env: { PORTICO_STOP_SECONDS: '600' } })
    const { tokens } = await connect(portico.origin)
    const slow = await beginSlowly(`${portico.origin}/mcp`, tokens.access_token, toolCall('whoami'))
    const first = portico.stop('SIGINT')
    await sleep(1000)
    expect(slow.isClosed()).toBe(false)
    await portico.stop('SIGINT')
    expect((await first).code).toBe(130)
  })
})
