import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { HandshakeRow } from '@/lib/admin/handshakes/views'
import { connectAs } from '../support/clients/claude'
import { hostedClaude } from '../support/clients/claude-clients'
import { databaseFor } from '../support/database/portico-database'
import { newBrowser, type Operator, signIn } from '../support/people/operator'
import { answer } from '../support/people/operator-consent'
import { untilHandshake, untilHandshakes } from '../support/people/operator-handshakes'
import { runCommand } from '../support/server/cli'
import { startPortico } from '../support/server/portico'
import type { Portico } from '../support/server/portico-process'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 240_000 })

const env = { PORTICO_PROXY_HOPS: '1' }
const kindsOf = (rows: readonly HandshakeRow[]) => rows.map(({ verdict }) => verdict.kind)
const isComplete = ({ stage }: HandshakeRow) => stage === null

/** Hosted Claude sends fifteen requests, and the person's browser makes two events more. */
const isAll = ({ events }: { events: readonly unknown[] }) => events.length === 17

function connect({ origin }: Portico, decision: 'allow' | 'deny' = 'allow') {
  const stranger = newBrowser(origin)
  const person = (url: URL) => answer(stranger, url, decision)
  return connectAs(hostedClaude, `${origin}/mcp`, person)
}

describe('handshakes of a server', () => {
  let portico: Portico
  let operator: Operator
  beforeAll(async () => {
    portico = await startPortico({ env })
    operator = await signIn(portico.origin)
  })

  test('a connection of hosted Claude is one, and comes to its end', async () => {
    await connect(portico)
    const [row, ...others] = await untilHandshakes(operator, ([first]) => first?.stage === null)
    expect(others).toEqual([])
    const { stages, row: same } = await untilHandshake(operator, row?.id ?? '', isAll)
    expect(stages.map(({ state }) => state)).toEqual(stages.map(() => 'done'))
    expect(same).toMatchObject({
      verdict: { kind: 'connected' },
      surface: 'claude-hosted',
      identification: 'dynamic',
      era: 'session',
      clientName: 'Claude',
      userEmail: 'admin@portico.test',
      unused: false,
    })
  })

  test('a person who declines is no fault of anybody', async () => {
    await expect(connect(portico, 'deny')).rejects.toThrow('access_denied')
    const query = { verdict: 'refused-by-operator' }
    const rows = await untilHandshakes(operator, ({ length }) => length > 0, query)
    expect(rows.map(({ verdict, stage }) => [verdict.kind, stage])).toEqual([
      ['refused-by-operator', 'decided'],
    ])
  })

  test('twenty that run at once through one egress are twenty', async () => {
    const before = await untilHandshakes(operator, ({ length }) => length > 0)
    await Promise.all(Array.from({ length: 20 }, () => connect(portico)))
    const isNew = ({ id }: HandshakeRow) => !before.some((row) => row.id === id)
    const isThere = (all: readonly HandshakeRow[]) =>
      all.filter((row) => isNew(row) && isComplete(row)).length >= 20
    const fresh = (await untilHandshakes(operator, isThere)).filter(isNew)
    expect(kindsOf(fresh)).toEqual(Array.from({ length: 20 }, () => 'connected'))
    expect(new Set(fresh.map(({ grantId }) => grantId)).size).toBe(20)
    for (const { id } of fresh) {
      const { stages, events } = await untilHandshake(operator, id)
      expect(stages.filter(({ state }) => state !== 'done')).toEqual([])
      expect(new Set(events.flatMap(({ grantId }) => grantId ?? [])).size).toBe(1)
      expect(new Set(events.flatMap(({ interactionId }) => interactionId ?? [])).size).toBe(1)
    }
  })

  test('a token that is not used stalls the handshake, until the request comes after all', async () => {
    const late = { ...hostedClaude, addresses: ['160.79.107.9'] }
    let call = () => {}
    const called = new Promise<void>((resolve) => {
      call = resolve
    })
    const stranger = newBrowser(portico.origin)
    const person = (url: URL) => answer(stranger, url, 'allow')
    const connecting = connectAs(late, `${portico.origin}/mcp`, person, 0, { beforeMcp: called })
    const stalled = { verdict: 'stalled', unused: 'yes' }
    const [row] = await untilHandshakes(operator, ({ length }) => length > 0, stalled, 30_000)
    expect(row?.verdict).toEqual({ kind: 'stalled', stage: 'first-mcp-request' })
    call()
    await connecting
    const { row: corrected } = await untilHandshake(operator, row?.id ?? '', isAll)
    expect(corrected).toMatchObject({ verdict: { kind: 'connected' }, stage: null, unused: false })
  })

  test('joined anew from the log they are the same', async () => {
    const live = await untilHandshakes(operator, ({ length }) => length >= 23)
    await portico.stop()
    expect(await runCommand(portico, 'handshakes', 'rebuild')).toContain(
      `${live.length} handshakes`,
    )
    expect((await runCommand(portico, 'handshakes', 'list')).split('\n')).toHaveLength(
      live.length + 1,
    )
    const again = await startPortico({ env, dataDir: portico.dataDir })
    const reader = await signIn(again.origin)
    expect(await untilHandshakes(reader, ({ length }) => length >= live.length)).toEqual(live)
  })
})

// the embedded database belongs to one process
describe.skipIf(!process.env.TEST_DATABASE_URL)('handshakes of two instances', () => {
  test('are joined once, whoever joins', async () => {
    const one = await startPortico({ env: { ...env, PORTICO_SECRET: 'x'.repeat(40) } })
    const shared = { ...env, PORTICO_SECRET: 'x'.repeat(40), PORTICO_URL: one.origin }
    const DATABASE_URL = String(await databaseFor(one.dataDir))
    const other = await startPortico({ env: { ...shared, DATABASE_URL } })
    await Promise.all(Array.from({ length: 10 }, () => connect(one)))
    for (const { origin } of [one, other]) {
      const reader = await signIn(origin)
      const rows = await untilHandshakes(reader, (all) => all.filter(isComplete).length >= 10)
      expect(kindsOf(rows)).toEqual(Array.from({ length: 10 }, () => 'connected'))
    }
  })
})
