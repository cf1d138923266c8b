import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join as joinPath } from 'node:path'
import { diagnose } from '@/lib/diagnosis/diagnose'
import type { Facts, Probe, ProbeAnswer } from '@/lib/diagnosis/facts'
import type { Finding } from '@/lib/diagnosis/finding'
import { assemble } from '@/lib/handshake/assemble'
import type { Handshake, HandshakeEvent, Identification } from '@/lib/handshake/handshake'
import { join } from '@/lib/handshake/join'
import { JoinState } from '@/lib/handshake/join-state'
import type { CorpusResult } from '../../documents/failure-modes'
import { seenOfNothing } from './handshake-event'

/** Recorded handshakes, and how they are judged. */

export const corpusFolder = 'tests/handshake/corpus'
const healthyFile = 'look-at-a-well-server.json'
export const resultsName = 'results.json'

/** `live`: fault and events are from a real run; `facts`: the other facts are made up. */
export type Produced = 'live' | 'facts'

/** A self-check result; answers of a healthy server are left out. */
export type StoredProbe = Omit<Probe, 'answers'> & { readonly unlike: readonly ProbeAnswer[] }

/** An event without its `null` members. */
export type StoredEvent = Partial<HandshakeEvent> & Pick<HandshakeEvent, 'id' | 'at' | 'name'>

/** One recorded stream, as stored. */
export type StoredStream = {
  readonly stream: string
  /** the injected cause; `null` for a healthy stream */
  readonly mode: string | null
  readonly produced: Produced
  /** what was done, in a few words */
  readonly how: string
  /** the number of handshakes in the events */
  readonly handshakes: number
  /** which of them is judged; by default, of a healthy stream, all that connected */
  readonly judged: 'first' | 'last'
  /** how its client was identified before, if the events do not say */
  readonly known: Identification | null
  /** milliseconds since the epoch */
  readonly now: number
  readonly facts: Omit<Facts, 'probe' | 'clocksApart'> & { readonly probe: StoredProbe | null }
  readonly events: readonly StoredEvent[]
}

/** A stream with its defaults filled in. */
export type Stream = Omit<StoredStream, 'facts' | 'events'> & {
  readonly facts: Facts
  readonly events: readonly HandshakeEvent[]
}

const blank: Omit<HandshakeEvent, 'id' | 'at' | 'name'> = {
  outcome: 'ok',
  requestId: '',
  ...seenOfNothing,
  detail: {},
}

const members: ReadonlySet<string> = new Set(['id', 'at', 'name', ...Object.keys(blank)])

/** Leaves out what {@link readStreams} restores, and the fields only log rows have. */
export const storedEvent = (event: HandshakeEvent): StoredEvent =>
  Object.fromEntries(
    Object.entries(event).filter(
      ([member, value]) =>
        members.has(member) &&
        JSON.stringify(value) !== JSON.stringify(blank[member as keyof typeof blank]),
    ),
  ) as StoredEvent

const pathIn = (name: string): string => joinPath(corpusFolder, name)

/** The answers of a healthy server. */
export const healthyAnswers = (): ProbeAnswer[] =>
  existsSync(pathIn(healthyFile)) ? JSON.parse(readFileSync(pathIn(healthyFile), 'utf8')) : []

export const healthyPath = pathIn(healthyFile)

function wholeProbe({ unlike, ...probe }: StoredProbe, expected: readonly ProbeAnswer[]): Probe {
  const answers = expected.map((one) => unlike.find(({ target }) => target === one.target) ?? one)
  return { ...probe, answers }
}

/** Fills in a stored stream. */
export const streamFrom = (stored: StoredStream, expected = healthyAnswers()): Stream => ({
  ...stored,
  facts: {
    // each was recorded on one machine
    clocksApart: [],
    ...stored.facts,
    probe: stored.facts.probe && wholeProbe(stored.facts.probe, expected),
  },
  events: stored.events.map((event) => ({ ...blank, ...event })),
})

/** Reads every recorded stream, by name. */
export function readStreams(): Stream[] {
  const expected = healthyAnswers()
  const files = readdirSync(corpusFolder).filter(
    (file) => file.endsWith('.json') && file !== healthyFile && file !== resultsName,
  )
  return files
    .sort()
    .map((file) =>
      streamFrom(JSON.parse(readFileSync(pathIn(file), 'utf8')) as StoredStream, expected),
    )
}

/** The handshakes of a stream, by start time. */
export function handshakesOf({ events, known, now }: Stream): Handshake[] {
  const state = new JoinState()
  for (const event of events) join(state, event)
  return [...state.attempts.values()].map((attempt) => assemble(attempt, known, now).handshake)
}

const isSure = ({ confidence }: Finding): boolean => confidence !== 'possible'
const idsOf = (findings: readonly Finding[]): string[] => findings.map(({ rule }) => rule)

/** If nothing reached the server, the server itself is judged. */
function findingsOf(stream: Stream): string[] {
  const { mode, facts, now, judged } = stream
  const handshakes = handshakesOf(stream)
  if (mode === null) {
    return handshakes
      .filter(({ verdict }) => verdict.kind === 'connected')
      .flatMap((handshake) => idsOf(diagnose(handshake, facts, now).filter(isSure)))
  }
  const handshake = handshakes.at(judged === 'first' ? 0 : -1) ?? null
  return idsOf(diagnose(handshake, facts, now))
}

/** Judges a stream. */
export function judge(stream: Stream): CorpusResult {
  const { stream: name, mode, produced } = stream
  return { stream: name, mode, produced, findings: findingsOf(stream) }
}
