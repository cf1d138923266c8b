import { describe, expect, it } from 'vitest'
import { diagnose } from '@/lib/diagnosis/diagnose'
import type { Handshake, HandshakeEvent } from '@/lib/handshake/handshake'
import { noiseOf } from '@/lib/handshake/noise'
import { factsOf } from '../support/browser/looks'
import { handshakeEvent } from '../support/handshakes/handshake-event'
import { joinAll } from '../support/handshakes/joined'
import {
  claudeCode,
  codex,
  codexByDocument,
  codexLogin,
  codexLoginByDocument,
  codexStart,
  denied,
  inLog,
  mcpc,
  mcpcConnect,
  mcpcLogin,
  mcpRemote,
  mcpRemoteAfterWipe,
  mcpRemoteAgain,
  mcpRemoteFirst,
  mcpRemoteStart,
  mcpRemoteUnopened,
  opencode,
  opencodeAuth,
  type Program,
  python,
  type Run,
  type Step,
  sdk,
  until,
  usual,
} from '../support/handshakes/wire-sequences'

/** Programs on one machine, as they were recorded: one handshake for each attempt, and the right one. */

const startsAt = Date.UTC(2026, 10, 29)
const second = 1000

const run = (
  key: string,
  program: Program,
  steps: readonly Step[],
  at: number,
  more: Partial<Run> = {},
): Run => ({ key, program, steps, at: startsAt + at, ...more })

/** Which run's interaction or grant a handshake has, and how it stands half a minute later. */
const told = ({ interactionId, grantId, verdict }: Handshake): string => {
  const key = (interactionId ?? grantId ?? 'nobody').replace(/^[a-z]+_/, '')
  return `${key} ${verdict.kind}`
}

const joined = (...runs: readonly Run[]): Handshake[] => {
  const events = inLog(...runs)
  return joinAll(events, (events.at(-1)?.at ?? 0) + 30 * second)
}
const verdicts = (...runs: readonly Run[]): string[] => joined(...runs).map(told)

describe('a program', () => {
  it.each<[string, Program, readonly Step[], string]>([
    ['mcpc login', mcpc, mcpcLogin, 'signed-in'],
    ['codex mcp login', codex, codexLogin, 'signed-in'],
    ['codex mcp login by its document', codexByDocument, codexLoginByDocument, 'signed-in'],
    ['mcp-remote', mcpRemote, mcpRemoteFirst, 'connected'],
    ['mcp-remote with an id from before', mcpRemote, mcpRemoteAgain, 'connected'],
    ['mcp-remote after a wipe', mcpRemote, mcpRemoteAfterWipe, 'connected'],
    ['opencode mcp auth', opencode, opencodeAuth, 'connected'],
    ['a client of the SDK', sdk, usual, 'connected'],
    ['a script of python-requests', python, usual, 'connected'],
    ['Claude Code', claudeCode, usual, 'connected'],
    ['Claude Code, whose first call never comes', claudeCode, until(usual, 'token'), 'stalled'],
    ['a client nobody knows, likewise', sdk, until(usual, 'token'), 'stalled'],
  ])('%s is one handshake, with all that it sent', (_, program, steps, kind) => {
    const [handshake, ...others] = joined(run('a', program, steps, 0))
    expect([told(handshake as Handshake), others.map(told)]).toEqual([`a ${kind}`, []])
    // a refresh token that nobody knows any more tells nothing of whose it was
    const sent = inLog(run('a', program, steps, 0)).filter(({ name }) => name !== 'token.refused')
    expect(handshake?.events).toEqual(sent)
  })

  it('of another name takes no part in the attempt that has just got its token', () => {
    const login = run('a', mcpc, mcpcLogin, 0)
    for (const [program, steps, kind] of [
      [codex, codexLogin, 'signed-in'],
      [opencode, opencodeAuth, 'connected'],
      [python, usual, 'connected'],
      [mcpRemote, mcpRemoteFirst, 'connected'],
      [sdk, usual, 'connected'],
    ] as const) {
      const [first, next, ...others] = joined(login, run('b', program, steps, 12 * second))
      expect(others.map(told)).toEqual([])
      expect([first, next].map((one) => one && told(one))).toEqual(['a signed-in', `b ${kind}`])
      expect(first?.events).toHaveLength(inLog(login).length)
    }
  })

  it('that only knocks is none of the attempts of others', () => {
    const stops = run('a', claudeCode, until(usual, 'token'), 0)
    const knocks = run('b', codex, codexLogin.slice(0, 1), 9 * second)
    const [first] = joined(stops, knocks)
    expect(first?.events).toHaveLength(inLog(stops).length)
  })
})

describe('a program that had signed in and stopped', () => {
  const login = run('a', codex, codexLogin, 0)
  const knock = (after: number): Run => run('b', codex, [[0, 'knock']], after * second)
  const minutesLater = (events: readonly HandshakeEvent[]): Handshake[] =>
    joinAll(events, (events.at(-1)?.at ?? 0) + 60 * second)

  it.each([7, 66, 1200])(
    'is told of when its call comes without the token, %i s later',
    (after) => {
      const [handshake, ...others] = minutesLater(inLog(login, knock(after)))
      expect(others).toEqual([])
      expect(handshake?.verdict).toEqual({ kind: 'stalled', stage: 'first-mcp-request' })
      expect(handshake && noiseOf(handshake)).toBeNull()
      const now = (handshake?.lastAt ?? 0) + 60 * second
      const [found] = handshake ? diagnose(handshake, factsOf(), now) : []
      expect(found?.rule).toBe('authorization-header-stripped')
    },
  )

  it('is told of when it exchanges its token and never calls', () => {
    const refreshed = inLog(run('a', mcpc, mcpcLogin, 0))
    const token = refreshed.at(-1) as HandshakeEvent
    const again = { ...token, id: '99', at: token.at + 600 * second, requestId: 'r' }
    const [handshake] = minutesLater([...refreshed, { ...again, name: 'token.refreshed' }])
    expect(handshake?.verdict).toEqual({ kind: 'stalled', stage: 'first-mcp-request' })
  })

  it('is well where another program of a runtime asks', () => {
    const [first] = minutesLater(
      inLog(run('a', mcpc, mcpcLogin, 0), run('b', sdk, [[0, 'knock']], 12 * second)),
    )
    expect(first?.verdict.kind).toBe('signed-in')
  })
})

describe('a retry', () => {
  it('takes the browser, and not the attempt whose browser never came', () => {
    const first = run('a', mcpRemote, mcpRemoteUnopened, 0)
    for (const after of [20, 40]) {
      expect(verdicts(first, run('b', mcpRemote, mcpRemoteFirst, after * second))).toEqual([
        'nobody stalled',
        'b connected',
      ])
      expect(verdicts(first, run('b', mcpRemote, mcpRemoteAgain, after * second))).toEqual([
        'nobody stalled',
        'b connected',
      ])
    }
    const login = run('a', mcpc, mcpcLogin.slice(0, 3), 0)
    expect(verdicts(login, run('b', mcpc, mcpcLogin, 40 * second))).toEqual([
      'nobody stalled',
      'b signed-in',
    ])
  })

  it('is told from the page that the first one left open', () => {
    const first = run('a', mcpc, until(mcpcLogin, 'browser'), 0)
    const next = run('b', mcpc, mcpcLogin, 40 * second)
    expect(joined(first, next).map(({ interactionId }) => interactionId)).toEqual([
      'int_a',
      'int_b',
    ])
  })

  it('after a denial is an attempt of its own, and so is the next client', () => {
    const no = run('a', mcpc, denied(mcpcLogin), 0)
    expect(verdicts(no, run('b', mcpc, mcpcLogin, 10 * second))).toEqual([
      'a refused-by-operator',
      'b signed-in',
    ])
    expect(verdicts(no, run('b', sdk, usual, 10 * second))).toEqual([
      'a refused-by-operator',
      'b connected',
    ])
    const [first] = joined(no, run('b', sdk, usual, 10 * second))
    expect(first?.events).toHaveLength(inLog(no).length)
  })
})

describe('a program whose connection lives', () => {
  it('makes no handshake where it asks without its token first', () => {
    expect(
      verdicts(
        run('a', mcpRemote, mcpRemoteFirst, 0),
        run('b', mcpRemote, mcpRemoteStart, 300 * second, { grant: 'grant_a' }),
        run('c', mcpRemote, mcpRemoteStart, 600 * second, { grant: 'grant_a' }),
      ),
    ).toEqual(['a connected'])
  })

  it('nor where its sign-in was all so far', () => {
    for (const after of [8, 25, 300]) {
      const start = run('b', codex, codexStart, after * second, { grant: 'grant_a' })
      expect(verdicts(run('a', codex, codexLogin, 0), start)).toEqual(['a connected'])
    }
    const connect = run('b', mcpc, mcpcConnect, 600 * second, { grant: 'grant_a' })
    expect(verdicts(run('a', mcpc, mcpcLogin, 0), connect)).toEqual(['a connected'])
  })

  it('makes one where it signs in again', () => {
    expect(
      verdicts(
        run('a', mcpRemote, mcpRemoteFirst, 0),
        run('b', mcpRemote, mcpRemoteAgain, 300 * second),
        run('c', mcpRemote, mcpRemoteAfterWipe, 600 * second, { clientId: 'client_new' }),
      ),
    ).toEqual(['a connected', 'b connected', 'c connected'])
  })

  it.each<[string, Program, readonly Step[], Program, readonly Step[]]>([
    ['node', mcpRemote, mcpRemoteFirst, sdk, usual.slice(0, 3)],
    ['its own', claudeCode, usual, claudeCode, usual.slice(0, 3)],
    ['Codex', codex, codexLogin, codex, codexLogin.slice(0, 6)],
  ])('hides no other program of the name %s that gets no further', (_, one, all, other, some) => {
    const connected = run('a', one, all, 0)
    const kind = one === codex ? 'signed-in' : 'connected'
    const looks = run('b', other, some, 300 * second)
    const scanner = (at: number): HandshakeEvent =>
      handshakeEvent('path.missed', startsAt + at, { path: '/wp-login.php', userAgent: 'zgrab' })
    const toldAt = (ms: number) => {
      const events = [...inLog(connected, looks), scanner(300 * second + ms)]
      return joinAll(events, startsAt + 400 * second).map(told)
    }
    expect(toldAt(15 * second)).toEqual([`a ${kind}`])
    expect(toldAt(25 * second)).toEqual([`a ${kind}`, 'nobody stalled'])
  })

  it('hides none that was given another name of this server', () => {
    const other = inLog(run('b', claudeCode, usual.slice(0, 3), 300 * second)).map((event) => ({
      ...event,
      id: `1${event.id}`,
      detail: { ...event.detail, askedAt: 'http://portico.lan:3000' },
    }))
    const events = [...inLog(run('a', claudeCode, usual, 0)), ...other]
    expect(joinAll(events, startsAt + 400 * second).map(told)).toEqual([
      'a connected',
      'nobody stalled',
    ])
  })

  it('is at home no more when it is revoked', () => {
    const connected = inLog(run('a', claudeCode, usual, 0))
    const end = { ...(connected.at(-1) as HandshakeEvent), id: '98', requestId: 'r' }
    const revoked = {
      ...end,
      at: end.at + second,
      detail: { reason: { kind: 'revoked-by-person' } },
    }
    const looks = inLog(run('b', claudeCode, usual.slice(0, 3), 300 * second)).map((event) => ({
      ...event,
      id: `1${event.id}`,
    }))
    const events = [...connected, { ...revoked, name: 'grant.revoked' as const }, ...looks]
    expect(joinAll(events, startsAt + 305 * second)).toHaveLength(2)
  })

  it('looks, and calls', () => {
    const connected = run('a', mcpRemote, mcpRemoteFirst, 0)
    const scanner = handshakeEvent('path.missed', startsAt + 330 * second, { userAgent: 'zgrab' })
    const start = run('c', mcpRemote, mcpRemoteStart, 300 * second, { grant: 'grant_a' })
    const events = [...inLog(connected, start), scanner]
    expect(joinAll(events, startsAt + 400 * second).map(told)).toEqual(['a connected'])
  })
})
