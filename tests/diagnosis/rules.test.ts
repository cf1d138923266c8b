import { describe, expect, test } from 'vitest'
import type { Facts } from '@/lib/diagnosis/facts'
import type { Confidence, Rule } from '@/lib/diagnosis/finding'
import { rules } from '@/lib/diagnosis/rule-list'
import { factsOf } from '../support/browser/looks'
import { began, golden, handshakeOf, type Spec } from '../support/handshakes/handshakes'
import { timeOf } from './case'
import { allCases } from './cases/all'

const ruleOf = (id: string): Rule => {
  const found = rules.find((rule) => rule.id === id)
  if (!found) throw new TypeError(`no rule "${id}"`)
  return found
}

/** Everything below it, too: a rule that writes would throw. */
function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(frozen)
  }
  return value
}

describe.each(allCases)('$rule', ({ rule: id, situations }) => {
  test.each(situations)('$expected for $what', (situation) => {
    const { judge } = ruleOf(id)
    const { handshake, facts, expected } = frozen(situation)
    const finding = judge(handshake, facts, timeOf(situation))
    expect(finding?.confidence ?? null).toBe(expected)
    expect(judge(handshake, facts, timeOf(situation))).toEqual(finding)
  })

  test('says what it is, cites what is there, and tells what to do', () => {
    for (const situation of situations.filter(({ expected }) => expected)) {
      const { handshake, facts } = situation
      const finding = ruleOf(id).judge(handshake, facts, timeOf(situation))
      expect(finding?.rule).toBe(id)
      const known = handshake?.events.map((event) => event.id) ?? []
      expect(finding?.evidence.filter((event) => !known.includes(event))).toEqual([])
      expect((finding?.evidence.length ?? 0) + (finding?.observations.length ?? 0)).toBeGreaterThan(
        0,
      )
      for (const text of [finding?.title, finding?.explanation, finding?.verify]) {
        expect(text?.trim()).toMatch(/^\S.{9,}/s)
      }
      expect(finding?.fix.length).toBeGreaterThan(0)
      expect(JSON.stringify(finding)).not.toMatch(/undefined|null|NaN|\[object/)
    }
  })
})

test('every rule has cases in which it fires, and near misses', () => {
  const covered = allCases
    .filter(({ situations }) => situations.some(({ expected }) => expected))
    .filter(({ situations }) => situations.some(({ expected }) => !expected))
    .map(({ rule }) => rule)
  expect(rules.map(({ id }) => id).filter((id) => !covered.includes(id))).toEqual([])
})

/** A trace of another client that has but one user agent. */
const asClaudeCode = golden.map(
  ([name, at, who, ...rest]): Spec => [name, at, who === 'browser' ? who : 'code', ...rest],
)

describe('a healthy handshake', () => {
  const surely: readonly Confidence[] = ['confirmed', 'likely']
  const edge: Facts = factsOf({
    edgeMarks: ['cf-ray'],
    claudeUserSeen: false,
    claudeUserLastSeenAt: null,
  })
  const sure = (
    told: readonly Spec[],
    verdict: Parameters<typeof handshakeOf>[1],
    facts: Facts,
  ) => {
    const now = began + (told.at(-1)?.[1] ?? 0) + 100
    return rules.flatMap(({ judge }) => {
      const finding = judge(handshakeOf(told, verdict), facts, now)
      return finding && surely.includes(finding.confidence) ? [finding.rule] : []
    })
  }

  test.each([
    ['hosted Claude', golden],
    ['Claude Code', asClaudeCode],
  ])('of %s has no cause above possible, at any of its steps', (_client, trace) => {
    for (let steps = 1; steps <= trace.length; steps += 1) {
      const told = trace.slice(0, steps)
      const verdict =
        steps < 13 ? ({ kind: 'in-progress' } as const) : ({ kind: 'connected' } as const)
      for (const facts of [factsOf(), factsOf({ probe: null }), edge]) {
        expect(sure(told, verdict, facts)).toEqual([])
      }
    }
  })

  test('of a server that is well is silent about the server', () => {
    expect(rules.flatMap(({ judge }) => judge(null, factsOf(), began) ?? [])).toEqual([])
  })
})
