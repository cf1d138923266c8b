import { describe, expect, it } from 'vitest'
import type { Handshake, HandshakeEvent } from '@/lib/handshake/handshake'
import { noiseOf } from '@/lib/handshake/noise'
import { joinAll } from '../support/handshakes/joined'
import { recordedClients, recordedRun } from '../support/oauth/recorded-clients'

/** What unmodified clients sent, as it was recorded: one handshake for each attempt. */

const startsAt = Date.UTC(2026, 10, 29)
const second = 1000

const verdicts: Readonly<Record<string, readonly [Handshake['surface'], string]>> = {
  'claude-code-login': ['claude-code', 'signed-in'],
  'codex-login': ['codex', 'signed-in'],
  'codex-login-by-document': ['codex', 'signed-in'],
  'gemini-cli': ['gemini-cli', 'connected'],
  'inspector-cli': ['inspector', 'connected'],
  'mcpc-login-and-connect': ['mcpc', 'connected'],
  'opencode-auth': ['opencode', 'connected'],
}

const inOrder = (events: readonly HandshakeEvent[]): HandshakeEvent[] =>
  events
    .toSorted((a, b) => a.at - b.at)
    .map((event, place) => ({ ...event, id: String(place + 1) }))

const joined = (events: readonly HandshakeEvent[]): Handshake[] => {
  const all = inOrder(events)
  return joinAll(all, (all.at(-1)?.at ?? 0) + 60 * second)
}

const told = ({ interactionId, surface, verdict }: Handshake): string =>
  `${(interactionId ?? '').replace(/^int_\d+_/, '')}: ${surface} ${verdict.kind}`

const expected = (runs: readonly (readonly [string, string])[]): string[] =>
  runs.map(([name, key]) => `${key}: ${verdicts[name]?.join(' ')}`).sort()

/** Each of these, at its time: as many handshakes, told rightly, and nobody is told of any. */
function check(runs: readonly (readonly [name: string, key: string, at: number])[]): void {
  const handshakes = joined(runs.flatMap(([name, key, at]) => recordedRun(name, key, at)))
  const named = runs.map(([name, key]) => [name, key] as const)
  expect(handshakes.map(told).sort()).toEqual(expected(named))
  expect(handshakes.filter((handshake) => noiseOf(handshake) === null)).toEqual([])
}

it('each that was recorded is known here', () => {
  expect(recordedClients).toEqual(Object.keys(verdicts))
})

describe('recorded clients', () => {
  it.each(recordedClients)('%s is one handshake, with all that was recorded', (name) => {
    const events = recordedRun(name, 'a', startsAt)
    const [handshake, ...others] = joined(events)
    expect(others).toEqual([])
    expect(told(handshake as Handshake)).toBe(expected([[name, 'a']])[0])
    const whole = events.filter(({ name: event }) => !/^mcp\.(called|stream)/.test(event))
    const has = new Set(handshake?.events.map(({ requestId }) => requestId))
    expect(whole.filter(({ requestId }) => !has.has(requestId))).toEqual([])
  })

  it('one after the other, each twice, on one machine', () => {
    check(
      [0, 1].flatMap((round) =>
        recordedClients.map((name, place) => {
          const at = startsAt + (round * recordedClients.length + place) * 25 * second
          return [name, `${name} ${round}`, at] as const
        }),
      ),
    )
  })

  it.each([0, 20, 300])('four at once, each twice, %i ms apart', (apart) => {
    for (let first = 0; first < recordedClients.length; first += 1) {
      const four = [0, 1, 2, 3].map(
        (one) => recordedClients[(first + one) % recordedClients.length],
      )
      check(
        [0, 1].flatMap((round) =>
          four.flatMap((name, place) => {
            const at = startsAt + round * 60 * second + place * apart
            return name ? [[name, `${name} ${round}`, at] as const] : []
          }),
        ),
      )
    }
  })
})
