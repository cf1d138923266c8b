import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { EventName } from '@/lib/events/catalogue'
import { connect } from '../support/oauth/oauth-tokens'
import { newBrowser, operatorOf } from '../support/people/operator'
import { readLog, untilLogged } from '../support/people/operator-log'
import { openLiveLog, type StreamedRow } from '../support/people/operator-stream'
import { sharedOrigin } from '../support/server/portico'

const origin = sharedOrigin()
const operator = await operatorOf(origin)

/** As another program each time: what one sends over and over becomes one event. */
let knocks = 0
const knock = (mark: string) => {
  knocks += 1
  const headers = { 'user-agent': `${mark}-${knocks}` }
  return fetch(`${origin}/.well-known/oauth-protected-resource`, { headers })
}

const idsOf = (rows: readonly StreamedRow[]) => new Set(rows.map(({ row }) => row.id))

describe('the live log', () => {
  test('shows events while they happen', async () => {
    const mark = `live-${randomUUID()}`
    const live = await openLiveLog(operator, { q: mark })
    expect(live.response.headers.get('content-type')).toBe('text/event-stream')
    expect(live.response.headers.get('cache-control')).toContain('no-cache')
    expect(live.response.headers.get('x-accel-buffering')).toBe('no')
    for (const count of [1, 2, 3]) {
      await knock(mark)
      await live.until((rows) => rows.length === count)
    }
    const names = new Set(live.rows.map(({ row }) => row.name))
    expect(names).toEqual(new Set(['resource-metadata.served']))
    await live.close()
  })

  test('shows what commits with a change as well as what is observed', async () => {
    const live = await openLiveLog(operator)
    const { client } = await connect(origin)
    const ours = (rows: readonly StreamedRow[]) =>
      rows.filter(({ row }) => row.clientId === client.client_id).map(({ row }) => row.name)
    const expected: readonly EventName[] = [
      'authorization.requested',
      'client.registered',
      'code.issued',
      'consent.granted',
      'consent.shown',
      'token.issued',
    ]
    // the two kinds are written by different ways, in no order
    await live.until((rows) => expected.every((name) => ours(rows).includes(name)))
    expect(ours(live.rows).sort()).toEqual(expected)
    await live.close()
  })

  test('goes on where it was, and loses nothing while events are written', async () => {
    const mark = `resume-${randomUUID()}`
    let writing = true
    let written = 0
    const writer = (async () => {
      while (writing) {
        await Promise.all(Array.from({ length: 5 }, () => knock(mark)))
        written += 5
      }
    })()
    const seen: StreamedRow[] = []
    let last: string | undefined
    const first = await openLiveLog(operator, { q: mark, after: '0' })
    await first.until((rows) => rows.length > 0)
    await first.close()
    seen.push(...first.rows)
    last = first.rows.at(-1)?.id
    for (let round = 0; round < 4; round += 1) {
      // what is written now has nobody to be sent to
      await sleep(60)
      const live = await openLiveLog(operator, { q: mark }, last)
      await live.until((rows) => rows.length >= 5)
      await live.close()
      seen.push(...live.rows)
      last = live.rows.at(-1)?.id ?? last
    }
    writing = false
    await writer
    const end = await openLiveLog(operator, { q: mark }, last)
    await end.until((rows) => idsOf([...seen, ...rows]).size >= written)
    await end.close()
    const logged = await untilLogged(operator, { q: mark }, (rows) => rows.length === written)
    expect(idsOf([...seen, ...end.rows])).toEqual(new Set(logged.map(({ id }) => id)))
  })

  test('names a place after each row that has every later row behind it', async () => {
    const mark = `place-${randomUUID()}`
    await Promise.all(Array.from({ length: 30 }, () => knock(mark)))
    const [first] = await untilLogged(operator, { q: mark }, (rows) => rows.length === 30)
    const live = await openLiveLog(operator, { q: mark, after: String(Number(first?.id) - 1) })
    await live.until((rows) => rows.length === 30)
    await live.close()
    for (const [index, { id }] of live.rows.entries()) {
      const beyond = live.rows.slice(index + 1).filter(({ row }) => BigInt(row.id) <= BigInt(id))
      expect(beyond.map(({ row }) => row.id)).toEqual([])
    }
  })

  test('goes on from the place that the address names', async () => {
    const mark = `after-${randomUUID()}`
    await knock(mark)
    const [row] = await untilLogged(operator, { q: mark }, (rows) => rows.length === 1)
    const after = String(BigInt(row?.id ?? '0') - 1n)
    const live = await openLiveLog(operator, { q: mark, after })
    await live.until((rows) => rows.length === 1)
    expect(live.rows[0]?.row.id).toBe(row?.id)
    await live.close()
  })

  test('begins with now when it is told no place', async () => {
    const mark = `now-${randomUUID()}`
    await knock(mark)
    await untilLogged(operator, { q: mark }, (rows) => rows.length === 1)
    const live = await openLiveLog(operator, { q: mark })
    await knock(mark)
    await live.until((rows) => rows.length === 1)
    await live.close()
    expect(await readLog(operator, { q: mark })).toHaveLength(2)
  })

  test('is not for strangers', async () => {
    for (const path of ['/admin/log/stream', '/admin/log/export', '/admin/tokens/export']) {
      const response = await newBrowser(origin).open(path)
      expect([path, response.status]).toEqual([path, 401])
      expect(await response.text()).not.toContain('event')
    }
  })
})

describe('the log as a download', () => {
  test('has every row, however many pages it takes', async () => {
    const mark = `many-${randomUUID()}`
    for (let round = 0; round < 5; round += 1) {
      await Promise.all(Array.from({ length: 45 }, () => knock(mark)))
    }
    const rows = await untilLogged(operator, { q: mark }, ({ length }) => length >= 225)
    expect(new Set(rows.map(({ id }) => id)).size).toBe(225)
  })
})
