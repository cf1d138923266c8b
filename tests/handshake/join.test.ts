import { describe, expect, it } from 'vitest'
import { clientScripts } from '../support/claude-clients'
import { joinAll } from '../support/joined'
import { recordAttempt, withIds } from '../support/recorded-attempt'

const startsAt = Date.UTC(2026, 10, 23)

describe('one attempt', () => {
  const variants = clientScripts.flatMap((script) =>
    (['dynamic', 'metadata-document', 'pre-registered'] as const).map((identification) => ({
      name: `${script.name}, ${identification}`,
      script,
      identification,
    })),
  )
  it.each(variants)('$name is one handshake', ({ script, identification }) => {
    const events = withIds(recordAttempt(script, { key: '1', startsAt, identification }))
    const handshakes = joinAll(events)
    expect(handshakes.map(({ verdict, events }) => [verdict.kind, events.length])).toEqual([
      ['connected', events.length],
    ])
    console.log(
      script.name,
      handshakes[0]?.surface,
      handshakes[0]?.identification,
      handshakes[0]?.era,
      handshakes[0]?.stages.map((s) => s.state).join(' '),
    )
  })
})
