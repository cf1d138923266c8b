import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { diagnose } from '@/lib/diagnosis/diagnose'
import { rules } from '@/lib/diagnosis/rule-list'
import { readResults } from '../documents/failure-modes'
import {
  corpusFolder,
  handshakesOf,
  judge,
  readStreams,
  type Stream,
} from '../support/handshakes/corpus-stream'

const streams = readStreams()
const results = streams.map(judge)
const failures = results.filter(({ mode }) => mode !== null)
const healthy = streams.filter(({ mode }) => mode === null)

const share = (part: readonly unknown[], all: readonly unknown[]): number =>
  part.length / all.length

/** What is found above `possible` of the handshakes of a stream, or of some of them. */
const suspicions = (stream: Stream, ids?: readonly string[]): string[] =>
  handshakesOf(stream)
    .filter(({ id }) => ids?.includes(id) ?? true)
    .flatMap((handshake) => diagnose(handshake, stream.facts, stream.now))
    .filter(({ confidence }) => confidence !== 'possible')
    .map(({ rule }) => rule)

test('there are enough recorded handshakes of either kind', () => {
  expect(failures.length).toBeGreaterThanOrEqual(45)
  expect(new Set(failures.map(({ mode }) => mode)).size).toBeGreaterThanOrEqual(45)
  expect(healthy.length).toBeGreaterThanOrEqual(15)
})

test('every injected cause is one that there is a rule for', () => {
  const known = rules.map(({ id }) => id)
  expect(failures.filter(({ mode }) => !known.includes(String(mode)))).toEqual([])
})

describe('the injected cause', () => {
  test('is the first finding of at least 95 in 100 streams', () => {
    const first = failures.filter(({ mode, findings }) => findings[0] === mode)
    expect(share(first, failures)).toBeGreaterThanOrEqual(0.95)
  })

  test.each(failures)('is among the first two of $stream', ({ mode, findings }) => {
    expect(findings.slice(0, 2)).toContain(mode)
  })
})

describe('the events of a stream are joined to as many handshakes as were made', () => {
  test.each(streams)('$stream', (stream) => {
    expect(handshakesOf(stream)).toHaveLength(stream.handshakes)
  })
})

describe('a healthy stream', () => {
  test.each(healthy)('$stream has connected, and nothing is found above possible', (stream) => {
    const kinds = handshakesOf(stream).map(({ verdict }) => verdict.kind)
    expect(kinds.at(-1)).toBe('connected')
    expect(judge(stream).findings).toEqual([])
  })

  test.each(healthy)('$stream is under no suspicion after any of its events', (stream) => {
    for (const [place, { at }] of stream.events.entries()) {
      const events = stream.events.slice(0, place + 1)
      expect(suspicions({ ...stream, events, now: at + 100 })).toEqual([])
    }
  })

  test.each(healthy)('$stream is under none an hour later', (stream) => {
    const ids = handshakesOf(stream)
      .filter(({ verdict }) => verdict.kind === 'connected')
      .map(({ id }) => id)
    expect(suspicions({ ...stream, now: stream.now + 3_600_000 }, ids)).toEqual([])
  })

  test('is there for both eras, each way of identification and each product', () => {
    const all = healthy.flatMap(handshakesOf)
    const kinds = <Key extends 'era' | 'identification' | 'surface'>(key: Key) =>
      [...new Set(all.map((handshake) => handshake[key]))].sort()
    expect(kinds('era')).toEqual(expect.arrayContaining(['session', 'stateless']))
    expect(kinds('identification')).toEqual(
      expect.arrayContaining(['dynamic', 'metadata-document', 'pre-registered']),
    )
    expect(kinds('surface')).toEqual(
      expect.arrayContaining([
        'chatgpt',
        'claude-code',
        'claude-hosted',
        'cursor',
        'inspector',
        'vscode',
      ]),
    )
  })

  test('that was tried again is linked to the attempt before', () => {
    const retry = streams.find(({ stream }) => stream === 'healthy-hosted-retry')
    const [first, second] = retry ? handshakesOf(retry) : []
    expect(first?.verdict.kind).toBe('stalled')
    expect(second?.retryOf).toBe(first?.id)
  })
})

test('results.json is how the rules judge the streams; `npm run corpus -- --judge` writes it anew', () => {
  expect(readResults()).toEqual(results)
})

test('no recorded file holds a secret, or a name of the machine it was recorded on', () => {
  const secret = /\b(prt|pac|psec|pat|mcps)_[\w-]|eyJ[\w-]{8}|correct horse|localhost:\d{4,5}\/mcp/
  for (const file of readdirSync(corpusFolder)) {
    const text = readFileSync(path.join(corpusFolder, file), 'utf8')
    // the fault of one stream is that the server takes itself for one of this machine
    const allowed = text.replaceAll('http://localhost:3000', '')
    expect([file, secret.exec(allowed)?.[0]]).toEqual([file, undefined])
  }
})
