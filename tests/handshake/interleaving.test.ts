import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Handshake } from '@/lib/handshake/handshake'
import { clientScripts, hostedClaude } from '../support/clients/claude-clients'
import { joinAll } from '../support/handshakes/joined'
import { type Recorded, recordAttempt, withIds } from '../support/handshakes/recorded-attempt'

const startsAt = Date.UTC(2026, 10, 23)
const some = { minLength: 2, maxLength: 20 }

/** How clients identify themselves; one program does it in one way at one server. */
const identification = fc.constantFrom('dynamic', 'metadata-document', 'pre-registered')

/** An attempt, as far as chance decides it. */
const drawn = fc.record({
  startsAt: fc.integer({ min: 0, max: 20_000 }).map((ms) => startsAt + ms),
  pace: fc.array(fc.constantFrom(0, 0.1, 0.5, 1, 2, 5, 10), { minLength: 1, maxLength: 12 }),
  personTakes: fc.integer({ min: 0, max: 60_000 }),
  remembered: fc.boolean(),
})

type Ids = { readonly interactionId: string | null; readonly grantId: string | null }

const keyOf = ({ interactionId, grantId }: Ids) => (interactionId ?? grantId)?.split('_')[1]

/**
 * What a handshake has: all its requests with ids, and one of each kind without. Who sent which of
 * two alike requests cannot be told, and the second of a kind is never missed.
 */
const contents = (events: readonly (Ids & { readonly name: string })[]): string[] => {
  const keyed = events.filter((event) => keyOf(event) !== undefined)
  const others = new Set(
    events.filter((event) => keyOf(event) === undefined).map(({ name }) => name),
  )
  return [...keyed.map(({ name }) => name), ...others].toSorted()
}

/** Problems in words: the events of a failure would fill pages. */
function problemsOf(handshakes: readonly Handshake[], attempts: readonly Recorded[][]): string[] {
  const keysOf = ({ events }: Handshake) => new Set(events.flatMap((event) => keyOf(event) ?? []))
  const given = handshakes.flatMap(({ events }) => events)
  const mixed = handshakes.filter((handshake) => keysOf(handshake).size !== 1)
  const broken = attempts.flatMap((attempt, at) => {
    const own = handshakes.find((handshake) => keysOf(handshake).has(String(at)))
    const isWhole = own && String(contents(own.events)) === String(contents(attempt))
    return isWhole && own.verdict.kind === 'connected' ? [] : [`attempt ${at} is not whole`]
  })
  return [
    ...(handshakes.length === attempts.length ? [] : [`${handshakes.length} handshakes`]),
    ...(given.length === attempts.flat().length ? [] : [`${given.length} events were joined`]),
    ...mixed.map(({ id }) => `${id} is mixed`),
    ...broken,
  ]
}

const problemsAfterJoining = (attempts: readonly Recorded[][]): string[] =>
  problemsOf(joinAll(withIds(attempts.flat())), attempts)

describe('attempts that run at the same time', () => {
  it('stay apart though they share an egress and a client id', () => {
    const hosted = fc.tuple(fc.array(drawn, some), identification)
    fc.assert(
      fc.property(hosted, ([list, how]) => {
        const attempts = list.map((attempt, at) =>
          recordAttempt(hostedClaude, {
            ...attempt,
            identification: how,
            key: String(at),
            // alike registrations from one network within ten minutes make one client
            clientId: 'client_shared',
          }),
        )
        expect(problemsAfterJoining(attempts)).toEqual([])
      }),
      { numRuns: 200 },
    )
  }, 60_000)

  it('stay apart whatever the clients are', () => {
    const names = fc.constantFrom(...clientScripts.map(({ name }) => name))
    const mixed = fc.tuple(fc.array(fc.tuple(names, drawn), some), identification)
    fc.assert(
      fc.property(mixed, ([list, how]) => {
        const attempts = list.map(([name, attempt], at) => {
          const script = clientScripts.find((known) => known.name === name) ?? hostedClaude
          return recordAttempt(script, {
            ...attempt,
            identification: how,
            key: String(at),
            ...(script === hostedClaude ? { clientId: 'client_shared' } : {}),
            address: `203.0.113.${at + 1}`,
          })
        })
        expect(problemsAfterJoining(attempts)).toEqual([])
      }),
      { numRuns: 200 },
    )
  }, 60_000)
})
