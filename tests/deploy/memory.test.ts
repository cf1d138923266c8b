import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { buildIfNeeded, root } from '@/lib/cli/build.mjs'
import { variables } from '@/lib/config/all'
import { freePort } from '../support/server/free-port.mjs'
import { limitMemory, type MemoryLimit } from '../support/server/memory-limit'

/** What a small machine gives: 512 MB, of which the system has its part. */

const limit = 512 * 1024 * 1024
const ended: (() => void | Promise<void>)[] = []
beforeAll(() => buildIfNeeded())
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end()
})

async function start(memory: MemoryLimit, port: number): Promise<ChildProcess> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'portico-small-'))
  ended.push(() => rmSync(dataDir, { recursive: true, force: true }))
  const blank = Object.fromEntries(Object.keys(variables).map((name) => [name, '']))
  const [command = '', ...args] = [...memory.prefix, process.execPath, 'lib/cli/start.mjs']
  const child = spawn(command, args, {
    cwd: root,
    stdio: 'ignore',
    env: { ...process.env, ...blank, PORT: String(port), PORTICO_DATA_DIR: dataDir },
  })
  const closed = once(child, 'exit')
  ended.push(async () => {
    child.kill('SIGKILL')
    await closed
  })
  return child
}

async function answerOf(child: ChildProcess, url: string): Promise<number | null> {
  while (child.exitCode === null && child.signalCode === null) {
    const answer = await fetch(url).catch(() => null)
    if (answer) return answer.status
    await sleep(100)
  }
  return null
}

test('a first start on the embedded database fits where there are 512 MB', async ({ skip }) => {
  const memory = limitMemory(limit)
  if ('missing' in memory) return skip(memory.missing)
  ended.push(memory.remove)
  const port = await freePort()
  const child = await start(memory, port)
  const origin = `http://localhost:${port}`
  expect(await answerOf(child, `${origin}/.well-known/oauth-protected-resource/mcp`)).toBe(200)
  for (const page of ['/sign-in', '/setup', '/admin']) {
    expect(await answerOf(child, `${origin}${page}`), page).toBeLessThan(500)
  }
  expect(child.signalCode).toBeNull()
})
