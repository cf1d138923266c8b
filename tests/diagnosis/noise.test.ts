import { afterAll, describe, expect, test, vi } from 'vitest'
import type { Finding } from '@/lib/diagnosis/finding'
import type { HandshakeEvent } from '@/lib/handshake/handshake'
import { isReason } from '@/lib/reasons'
import { reasonOfEvent } from '@/lib/stored-reasons'
import type { CorpusResult } from '../documents/failure-modes'
import { handshakesOf, judge, readStreams, type Stream } from '../support/handshakes/corpus-stream'
import { timeOf } from './case'
import { allCases } from './cases/all'

/**
 * Nothing is found by what a person reads: the rules see events whose every sentence is noise, and
 * find the same causes. Kinds, names, codes and numbers are facts and stay.
 */

let count = 0
/** Never the same twice, and alike to no sentence. */
const noise = (): string => {
  count += 1
  return `zq${(count * 7919).toString(36)} xv${(count * 104_729).toString(36)}`
}
const isNoise = /zq\w+ xv\w+/

/** Members of a reason that hold what another program said. */
const quoted: ReadonlySet<string> = new Set(['error', 'outcome', 'text'])
/** Kinds whose `problem` is a sentence. */
const unreadable: ReadonlySet<string> = new Set(['form-unreadable', 'body-unreadable'])

function noisyReason(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const isSentence = isReason(value) && unreadable.has(value.kind)
  return Object.fromEntries(
    Object.entries(value).map(([member, item]) => {
      const isProse = quoted.has(member) || (member === 'problem' && isSentence)
      return [member, isProse ? noise() : noisyReason(item)]
    }),
  )
}

/** Members of a detail that are for people alone. */
const sentences = ['description', 'hint', 'message'] as const

function noisy<Event extends Pick<HandshakeEvent, 'name' | 'detail'>>(event: Event): Event {
  const detail: Record<string, unknown> = { ...event.detail }
  for (const member of sentences) if (member in detail) detail[member] = noise()
  // what an older version stored is read first: its sentences are in one table, and in no rule
  if ('reason' in detail) detail.reason = noisyReason(reasonOfEvent(event))
  return { ...event, detail }
}

/** The rules and the joining, loaded once more, where no reason has words of its own. */
async function deafened() {
  vi.resetModules()
  vi.doMock('@/lib/reasons', async (original) => ({
    ...(await original<typeof import('@/lib/reasons')>()),
    reasonWords: noise,
    fetchFailureWords: noise,
    uriProblemWords: noise,
  }))
  const corpus = await import('../support/handshakes/corpus-stream')
  const { rules } = await import('@/lib/diagnosis/rule-list')
  const { diagnose } = await import('@/lib/diagnosis/diagnose')
  vi.doUnmock('@/lib/reasons')
  return { corpus, rules, diagnose }
}

const { corpus, rules, diagnose } = await deafened()
// other files share what is loaded from here on
afterAll(() => void vi.resetModules())

const streams = readStreams()
const noisyStream = (stream: Stream): Stream => ({ ...stream, events: stream.events.map(noisy) })

const told = (stream: Stream): string[] =>
  corpus
    .handshakesOf(stream)
    .flatMap((handshake) => diagnose(handshake, stream.facts, stream.now))
    .flatMap(({ title, explanation }: Finding) => [title, explanation])

describe('the recorded corpus, with noise for every sentence', () => {
  test.each(streams)('$stream is judged the same', (stream) => {
    expect(corpus.judge(noisyStream(stream))).toEqual<CorpusResult>(judge(stream))
    expect(corpus.handshakesOf(noisyStream(stream)).map(({ verdict }) => verdict)).toEqual(
      handshakesOf(stream).map(({ verdict }) => verdict),
    )
  })

  test('is noise wherever a finding shows a reason', () => {
    const texts = streams.map(noisyStream).flatMap(told)
    expect(texts.filter((text) => isNoise.test(text)).length).toBeGreaterThanOrEqual(5)
    expect(texts.filter((text) => /: (bad signature|wrong issuer)/.test(text))).toEqual([])
  })
})

describe.each(allCases)('$rule, with noise for every sentence', ({ rule: id, situations }) => {
  const rule = rules.find((one) => one.id === id)

  test.each(situations)('$expected for $what', (situation) => {
    const { handshake, facts, expected } = situation
    const deaf = handshake && { ...handshake, events: handshake.events.map(noisy) }
    expect(rule?.judge(deaf, facts, timeOf(situation))?.confidence ?? null).toBe(expected)
  })
})
