import { readdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newBrowser, type Operator, signIn } from '../support/people/operator'
import { buildForVercel, outputFolder } from './vercel/build.mjs'
import { type DeployedDatabase, deploy, newDatabase } from './vercel/deployment'
import { functionFolders, functionPaths } from './vercel/output.mjs'
import type { Platform } from './vercel/platform'

let database: DeployedDatabase
let portico: Platform
let operator: Operator

beforeAll(async () => {
  buildForVercel()
  database = await newDatabase()
  portico = await deploy(database)
  operator = await signIn(portico.origin)
})
afterAll(async () => {
  await portico?.stop()
  await database?.drop()
})

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })

describe('what is deployed', () => {
  it('has no embedded database and no folder of migrations in any function', () => {
    const useless = /@electric-sql\/pglite|pglite.*\.(wasm|data)$|prisma\/migrations/
    const found = functionFolders(outputFolder).map((folder) => ({
      in: path.basename(folder),
      useless: filesOf(folder).filter((file) => useless.test(file)).length,
    }))
    expect(found.filter(({ useless }) => useless > 0)).toEqual([])
    expect(found.length).toBeGreaterThan(3)
  })

  it('is asked every minute to do what timers do elsewhere', () => {
    expect(portico.crons).toEqual([{ path: '/api/cron', schedule: '* * * * *' }])
  })
})

/** Every path a function has, of which each placeholder stands for something that is not there. */
const paths = (): string[] => {
  const own = [...functionPaths(outputFolder).keys()].filter(
    (at) => !/\.rsc$|^\/_|\.segments\/|\/stream$/.test(at),
  )
  return own.map((at) => at.replace(/\/\[\[?(\.\.\.)?\w+\]\]?/g, '/absent'))
}

const isPage = (response: Response): boolean =>
  response.headers.get('content-type')?.startsWith('text/html') === true

describe('every function answers', () => {
  it('each page and each endpoint, asked as a browser asks', async () => {
    const failed: string[] = []
    for (const at of paths()) {
      const response = await operator.open(at)
      if (response.status >= 500) failed.push(`${response.status} ${at}`)
      await response.body?.cancel()
    }
    expect(failed).toEqual([])
  })

  it('each page, asked as the application in the browser asks when it goes from one to another', async () => {
    const failed: string[] = []
    for (const at of ['/admin', '/admin/log', '/admin/handshakes', '/connections', '/account']) {
      const response = await operator.open(at, { headers: { rsc: '1' } })
      const type = response.headers.get('content-type')
      if (response.status !== 200 || type !== 'text/x-component') {
        failed.push(`${at}: HTTP ${response.status}, ${type}`)
      }
      await response.body?.cancel()
    }
    expect(failed).toEqual([])
  })

  it.each(['/admin/log/stream', '/admin/handshakes/stream'])('%s begins to stream', async (at) => {
    const leaving = new AbortController()
    const response = await operator.open(at, {
      headers: { accept: 'text/event-stream' },
      signal: leaving.signal,
    })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    leaving.abort()
  })

  it('the sign-in page with its nonce on each script, and each file it names is there', async () => {
    const response = await newBrowser(portico.origin).open('/sign-in')
    const html = await response.text()
    expect(isPage(response)).toBe(true)
    const policy = response.headers.get('content-security-policy') ?? ''
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
    expect(nonce).toBeTruthy()
    const scripts = [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag)
    expect(scripts.length).toBeGreaterThan(0)
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([])
    const named = [...html.matchAll(/(?:src|href)="(\/_next\/static\/[^"]+)"/g)]
    const files = new Set(named.map(([, file]) => file ?? ''))
    expect([...files].some((file) => file.endsWith('.css'))).toBe(true)
    const statuses = await Promise.all(
      [...files].map(async (file) => (await fetch(`${portico.origin}${file}`)).status),
    )
    expect(new Set(statuses)).toEqual(new Set([200]))
  })

  it('a body that Vercel does not take with 413, without asking a function', async () => {
    const before = portico.requests.length
    const body = 'x'.repeat(5_000_000)
    const { status } = await fetch(`${portico.origin}/mcp`, { method: 'POST', body })
    expect(status).toBe(413)
    expect(portico.requests).toHaveLength(before)
  })
})
