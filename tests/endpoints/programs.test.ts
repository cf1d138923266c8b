import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { HandshakeRow } from '@/lib/admin/handshakes/views'
import { sendRun } from '../support/handshakes/wire-run'
import {
  codex,
  codexLogin,
  codexStart,
  deadTokenRound,
  denied,
  mcpc,
  mcpcLogin,
  mcpRemote,
  mcpRemoteFirst,
  mcpRemoteStart,
  mcpRemoteUnopened,
  opencode,
  opencodeAuth,
  type Program,
  type Step,
  sdk,
  usual,
} from '../support/handshakes/wire-sequences'
import { newBrowser, type Operator, signIn } from '../support/people/operator'
import { untilHandshake, untilHandshakes } from '../support/people/operator-handshakes'
import { startPortico } from '../support/server/portico'
import type { Portico } from '../support/server/portico-process'

/** Programs of people's machines, as they were recorded, against a server. */

vi.setConfig({ testTimeout: 180_000, hookTimeout: 240_000 })

const told = ({ surface, verdict }: HandshakeRow) => `${surface} ${verdict.kind}`
const isOver = ({ verdict, stage }: HandshakeRow) =>
  verdict.kind === 'connected' ? stage === null : verdict.kind !== 'in-progress'

let machines = 0
/** A machine of its own, so that one test's programs are nobody's of another. */
function newMachine(): string {
  machines += 1
  return `198.51.100.${machines}`
}

describe('programs at one address', () => {
  let portico: Portico
  let operator: Operator
  let seen: ReadonlySet<string> = new Set()
  beforeAll(async () => {
    portico = await startPortico({ env: { PORTICO_PROXY_HOPS: '1' } })
    operator = await signIn(portico.origin)
  })

  const runAt = (address: string) => {
    const browser = newBrowser(portico.origin, address)
    return (program: Program, steps: readonly Step[], held?: Awaited<ReturnType<typeof sendRun>>) =>
      sendRun({ origin: portico.origin, program, address, browser }, steps, held)
  }

  /** What has come since the test before, when all of it is over. */
  async function fresh(count: number): Promise<HandshakeRow[]> {
    const isFresh = ({ id }: HandshakeRow) => !seen.has(id)
    const rows = await untilHandshakes(
      operator,
      (all) => all.filter(isFresh).filter(isOver).length >= count,
      {},
      60_000,
    )
    const mine = rows.filter(isFresh)
    seen = new Set(rows.map(({ id }) => id))
    return mine
  }

  test('mcpc signs in, then Codex: neither is evidence against the other', async () => {
    const run = runAt(newMachine())
    await run(mcpc, mcpcLogin)
    await run(codex, codexLogin)
    const rows = await fresh(2)
    expect(rows.map(told)).toEqual(['mcpc signed-in', 'codex signed-in'])
    const [first] = rows
    const { events } = await untilHandshake(operator, first?.id ?? '')
    expect(events.filter(({ userAgent }) => /codex/.test(userAgent ?? ''))).toEqual([])
  })

  test('four at once, one of which is denied', async () => {
    const run = runAt(newMachine())
    await Promise.all([
      run(mcpRemote, mcpRemoteFirst),
      run(opencode, opencodeAuth),
      run(sdk, denied(usual)),
      run(codex, codexLogin),
    ])
    const rows = await fresh(4)
    expect(rows.map(told).sort()).toEqual([
      'codex signed-in',
      'mcp-remote connected',
      'opencode connected',
      'unknown refused-by-operator',
    ])
  })

  test('a run that was given up, and the next one, which gets the browser', async () => {
    const run = runAt(newMachine())
    await run(mcpRemote, mcpRemoteUnopened)
    // what comes sooner is the same run, that asks once more
    await new Promise((resolve) => setTimeout(resolve, 12_000))
    await run(mcpRemote, mcpRemoteFirst)
    expect((await fresh(2)).map(told)).toEqual(['mcp-remote stalled', 'mcp-remote connected'])
  })

  test('a program that looks at each start, and has its connection', async () => {
    const run = runAt(newMachine())
    const held = await run(mcpRemote, mcpRemoteFirst)
    await run(mcpRemote, mcpRemoteStart, held)
    const login = await run(codex, codexLogin)
    await run(codex, codexStart, login)
    expect((await fresh(2)).map(told)).toEqual(['mcp-remote connected', 'codex connected'])
  })

  test('a program whose token is dead is one handshake, however often it tries', async () => {
    const run = runAt(newMachine())
    for (let round = 0; round < 8; round += 1) await run(sdk, deadTokenRound)
    const [row, ...others] = await fresh(1)
    expect(others).toEqual([])
    expect(row?.verdict).toEqual({ kind: 'stalled', stage: 'client-identified' })
    const { events } = await untilHandshake(operator, row?.id ?? '')
    expect(events).toHaveLength(8 * deadTokenRound.length)
  })

  test('a look that no call follows is told of, though nothing else happens', async () => {
    const run = runAt(newMachine())
    await run(sdk, usual)
    await run(sdk, usual.slice(0, 3))
    expect((await fresh(2)).map(told)).toEqual(['unknown connected', 'unknown stalled'])
  })

  test('a page that is opened again belongs to the run that it was opened for', async () => {
    const run = runAt(newMachine())
    const held = await run(mcpc, mcpcLogin)
    const page = held.url?.href ?? ''
    const elsewhere = newBrowser(portico.origin, newMachine())
    await (await elsewhere.open(page)).text()
    const [row, ...others] = await fresh(1)
    expect(others).toEqual([])
    const isAll = ({ events }: { events: readonly { name: string }[] }) =>
      events.filter(({ name }) => name === 'authorization.requested').length === 2
    const { events } = await untilHandshake(operator, row?.id ?? '', isAll)
    const asked = events.filter(({ name }) => name === 'authorization.requested')
    const runs = new Set(asked.map(({ detail }) => detail.run))
    expect([...runs]).toEqual([expect.stringMatching(/^[\w-]{12}$/)])
    expect(JSON.stringify(events)).not.toContain(new URL(page).searchParams.get('state'))
  })
})
