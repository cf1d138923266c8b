import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HandshakeRow } from '@/lib/admin/handshakes/views'
import { attemptOf, type Machine, machineWith } from './attempt'
import type { Driver, Reached } from './driver'
import { keepSequence } from './sequences'
import { type Server, startServer } from './server'

/** After which nobody waits for a client any more. */
const longMs = 30 * 60_000
/** What is due is looked for every few seconds. */
const dueMs = 8000

/** After which a client that has got its token and asks for nothing is done. */
const silentMs = 20_000

/** What Portico says of an attempt that came this far and no further. */
const verdicts: Readonly<Record<Reached['kind'], string>> = {
  'signed in': 'signed-in',
  connected: 'connected',
  denied: 'refused-by-operator',
}

const told = (row: HandshakeRow | undefined) =>
  row && { surface: row.surface, clientName: row.clientName, verdict: row.verdict.kind }

/** A handshake of this client that stands as it should. */
const handshakeOf = ({ surface, clientName }: Driver, { kind }: Reached) => ({
  surface,
  clientName: clientName ?? expect.toBeOneOf([null, expect.any(String)]),
  verdict: verdicts[kind],
})

/** Lets clients connect, one after another, to one server of this machine. */
export function eachConnects(drivers: readonly Driver[]): void {
  let server: Server
  const machines = new Map<Driver, Machine>()
  const ids = new Map<Driver, string>()
  beforeAll(async () => {
    server = await startServer()
    for (const driver of drivers) machines.set(driver, await machineWith(driver, server))
  })
  afterAll(async () => {
    for (const { home } of machines.values()) home.remove()
    await server?.close()
  })
  const worldOf = (driver: Driver) => (machines.get(driver) as Machine).world
  const standing = async (driver: Driver) => {
    server.clock.later(silentMs)
    await sleep(dueMs)
    return (await server.handshakes()).find(({ id }) => id === ids.get(driver))
  }

  describe.each(drivers)('$id', (driver) => {
    test('connects in one handshake, under its name', async () => {
      const attempt = await attemptOf(server, () => driver.connect(worldOf(driver)))
      keepSequence(driver, 'connect', attempt.events)
      const [row, ...others] = attempt.made
      ids.set(driver, row?.id ?? '')
      expect(others.map(told)).toEqual([])
      expect(told(await standing(driver))).toEqual(handshakeOf(driver, attempt.reached))
    })

    test.runIf(driver.again)('comes back without another', async () => {
      const attempt = await attemptOf(server, async () => {
        const reached = await driver.again?.(worldOf(driver))
        return reached ?? { kind: 'signed in' }
      })
      keepSequence(driver, 'again', attempt.events)
      expect(attempt.made.map(told)).toEqual([])
      expect(told(await standing(driver))).toEqual(handshakeOf(driver, attempt.reached))
    })
  })

  test('half an hour later all is as it was, and nobody was alerted', async () => {
    const before = await server.handshakes()
    server.clock.later(longMs)
    await sleep(dueMs)
    expect((await server.handshakes()).map(told)).toEqual(before.map(told))
    expect(server.alerts()).toEqual([])
  })
}
