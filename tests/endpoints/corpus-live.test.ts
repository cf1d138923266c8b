import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { HandshakeEvent } from '@/lib/handshake/handshake'
import { reasonOfEvent } from '@/lib/stored-reasons'
import { scenarios } from '../handshake/scenarios/all'
import { runScenario, type ScenarioRun, streamOf } from '../support/handshakes/corpus-recording'
import { judge, readStreams, type Stream, streamFrom } from '../support/handshakes/corpus-stream'
import { startWorld, type World } from '../support/handshakes/corpus-world'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 })

/** Causes that are found by the reason of a refusal, one of each place that refuses. */
const sample = [
  'pkce-mismatch',
  'pkce-mismatch-missing',
  'code-reuse',
  'code-expired',
  'code-other-instance',
  'token-needs-secret',
  'token-json-only-parser',
  'resource-rejected',
  'redirect-uri-loopback-host',
  'stale-client-id',
  'stale-client-id-code',
  'cimd-fetch-403',
  'cimd-doc-rejected',
  'dcr-method-refused',
  'dcr-custom-scheme-refused',
  'dcr-loopback-http-refused',
  'dcr-strict-body-text',
  'consent-cookie-lost-foreign',
  'sign-in-refused',
  'origin-host-check',
  'tenant-or-session-mismatch',
]

/** What the rules go by, whatever the names, times and ids of a run. */
const essence = (event: HandshakeEvent) => {
  const { name, status, outcome, detail } = event
  // whether it is a repetition follows from what else was run before
  const members = Object.keys(detail)
    .filter((member) => member !== 'repeated')
    .sort()
    .join(' ')
  return `${name} ${status} ${outcome} ${reasonOfEvent(event)?.kind ?? ''} (${members})`
}

const essenceOf = ({ events }: Stream): string[] => events.map(essence).sort()

const recorded = readStreams()
const ran: ScenarioRun[] = []
let world: World
let log: readonly HandshakeEvent[]

beforeAll(async () => {
  world = await startWorld()
  for (const scenario of scenarios) {
    if (sample.includes(scenario.stream)) ran.push(await runScenario(world, scenario))
  }
  log = await world.events(0, Number.POSITIVE_INFINITY)
})

afterAll(() => world.close())

describe('a stream of the corpus that is recorded anew', () => {
  test.each(sample)('%s is as it was recorded, and judged alike', (name) => {
    const one = ran.find(({ scenario }) => scenario.stream === name)
    const before = recorded.find(({ stream }) => stream === name)
    if (!one || !before) throw new Error(`no scenario ${name}`)
    const now = streamFrom(streamOf(one, log))
    expect(essenceOf(now)).toEqual(essenceOf(before))
    expect(judge(now).findings[0]).toBe(judge(before).findings[0])
  })
})
