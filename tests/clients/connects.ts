import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HandshakeRow } from '@/lib/admin/handshake-views'
import { attemptOf, type Machine, machineWith } from './attempt'
import type { Driver, Reached } from './driver'
import { keepSequence } from './sequences'
import { type Server, startServer } from './server'

/** After which nobody waits for a client any more. */
const longMs = 30 * 60_000

/** What Portico may say of an attempt that came this far and no further. */
const verdictsOf = ({ kind }: Reached) =>
  kind === 'denied'
    ? ['refused-by-operator']
    : kind === 'connected'
      ? ['connected']
      : ['connected', 'in-progress']

const told = (row: HandshakeRow | undefined) =>
  row && { surface: row.surface, verdict: row.verdict.kind }

/** A handshake of this client that stands as it should. */
const handshakeOf = ({ surface }: Driver, reached: Reached) => ({
  surface,
  verdict: expect.toBeOneOf(verdictsOf(reached)),
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

  describe.each(drivers)('$id', (driver) => {
    test('connects in one handshake, under its name', async () => {
      const attempt = await attemptOf(server, () => driver.connect(worldOf(driver)))
      keepSequence(driver, 'connect', attempt.events)
      const [row, ...others] = attempt.made
      ids.set(driver, row?.id ?? '')
      expect(others).toEqual([])
      expect(told(row)).toEqual(handshakeOf(driver, attempt.reached))
    })

    test.runIf(driver.again)('comes back without another', async () => {
      const attempt = await attemptOf(server, async () => {
        const reached = await driver.again?.(worldOf(driver))
        return reached ?? { kind: 'signed in' }
      })
      keepSequence(driver, 'again', attempt.events)
      expect(attempt.made).toEqual([])
      const row = (await server.handshakes()).find(({ id }) => id === ids.get(driver))
      expect(told(row)).toEqual(handshakeOf(driver, attempt.reached))
    })
  })

  test('half an hour later all is as it was, and nobody was alerted', async () => {
    const before = await server.handshakes()
    server.clock.later(longMs)
    // what is due is looked for every few seconds
    await new Promise((resolve) => setTimeout(resolve, 15_000))
    expect((await server.handshakes()).map(told)).toEqual(before.map(told))
    expect(server.alerts()).toEqual([])
  })
}
