import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Machine, machineWith } from './attempt'
import type { Driver, Reached } from './driver'
import { claudeCode } from './drivers/claude-code'
import { codex, codexRegistering } from './drivers/codex'
import { geminiCli } from './drivers/gemini-cli'
import { inspectorCli } from './drivers/inspector-cli'
import { mcpRemote } from './drivers/mcp-remote'
import { mcpc } from './drivers/mcpc'
import { opencode } from './drivers/opencode'
import { type Server, startServer } from './server'

/** Eight programs of one person on one machine, as a day of trying them goes. */
const drivers = [
  mcpRemote,
  mcpc,
  codex,
  claudeCode,
  inspectorCli,
  geminiCli,
  opencode,
  codexRegistering,
] as const

const verdicts: Readonly<Record<Reached['kind'], string>> = {
  'signed in': 'signed-in',
  connected: 'connected',
  denied: 'refused-by-operator',
}

let server: Server
const machines: Machine[] = []
/** what each attempt has to be told as, in the order in which they began */
const expected: string[] = []

const told = (surface: string, verdict: string) => `${surface}: ${verdict}`

beforeAll(async () => {
  server = await startServer()
})
afterAll(async () => {
  for (const { home } of machines) home.remove()
  await server?.close()
})

async function machine(driver: Driver): Promise<Machine> {
  const made = await machineWith(driver, server)
  machines.push(made)
  return made
}

/** One attempt of a client, which is noted. */
async function attempt(driver: Driver, { world }: Machine): Promise<number> {
  const reached = await driver.connect(world)
  return expected.push(told(driver.surface, verdicts[reached.kind])) - 1
}

/** A connection that is used is one that is connected, however its sign-in ended. */
async function use(driver: Driver, { world }: Machine, at: number): Promise<void> {
  const reached = await driver.again?.(world)
  if (reached?.kind === 'connected') expected[at] = told(driver.surface, 'connected')
}

const standing = async (): Promise<string[]> =>
  (await server.handshakes()).map(({ surface, verdict }) => told(surface, verdict.kind)).sort()

test('each attempt is one handshake, and only what failed is alerted', async () => {
  // one after the other, and each once more with what it holds
  const first = []
  for (const driver of drivers) {
    const its = await machine(driver)
    first.push({ driver, its, at: await attempt(driver, its) })
  }
  for (const { driver, its, at } of first) await use(driver, its, at)
  // again where nothing is stored yet, four at once
  for (const four of [drivers.slice(0, 4), drivers.slice(4)]) {
    const others = await Promise.all(four.map(machine))
    await Promise.all(four.map((driver, at) => attempt(driver, others[at] as Machine)))
  }
  // the person says no to one
  server.person.decision = 'deny'
  await attempt(mcpRemote, await machine(mcpRemote))
  server.person.decision = 'allow'
  // and wipes another, which comes back
  const [, wiped] = first
  if (!wiped) throw new Error('there is no second client')
  wiped.its.home.wipe()
  await attempt(wiped.driver, wiped.its)

  server.clock.later(30 * 60_000)
  await sleep(8000)
  expect(await standing()).toEqual(expected.toSorted())
  const denied = (await server.handshakes()).find(({ verdict }) => verdict.kind.startsWith('ref'))
  const others = server.alerts().filter((text) => !text.includes(String(denied?.id)))
  expect(others).toEqual([])
}, 900_000)
