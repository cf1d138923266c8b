import { describe, expect, it } from 'vitest'
import { diagnose } from '@/lib/diagnosis/diagnose'
import type { Handshake } from '@/lib/handshake/handshake'
import { noiseOf } from '@/lib/handshake/noise'
import { factsOf } from '../support/browser/looks'
import { joinAll } from '../support/handshakes/joined'
import {
  claudeCode,
  claudeLogin,
  codex,
  codexByDocument,
  codexLogin,
  codexLoginByDocument,
  codexStart,
  deadTokenRound,
  denied,
  gemini,
  geminiAuth,
  inLog,
  mcpc,
  mcpcLogin,
  mcpRemote,
  mcpRemoteAfterWipe,
  mcpRemoteFirst,
  mcpRemoteStart,
  opencode,
  opencodeAuth,
  opencodeList,
  type Program,
  python,
  type Run,
  type Step,
  sdk,
  usual,
} from '../support/handshakes/wire-sequences'

/** Eight programs on one machine, each twice: as many handshakes as attempts, each told rightly. */

const startsAt = Date.UTC(2026, 10, 29)
const second = 1000

const signedIn = 'signed-in'
const eight: readonly (readonly [Program, readonly Step[], string])[] = [
  [mcpc, mcpcLogin, signedIn],
  [codex, codexLogin, signedIn],
  [mcpRemote, mcpRemoteFirst, 'connected'],
  [opencode, opencodeAuth, 'connected'],
  [sdk, usual, 'connected'],
  [claudeCode, usual, 'connected'],
  [gemini, geminiAuth, 'connected'],
  [python, usual, 'connected'],
]

const toldOf = (runs: readonly Run[]): Handshake[] => {
  const events = inLog(...runs)
  return joinAll(events, (events.at(-1)?.at ?? 0) + 60 * second)
}

const keyOf = ({ interactionId, grantId }: Handshake): string =>
  (interactionId ?? grantId ?? 'nobody').replace(/^[a-z]+_/, '')

const verdictsOf = (runs: readonly Run[]): Record<string, string> =>
  Object.fromEntries(toldOf(runs).map((one) => [keyOf(one), one.verdict.kind]))

/** Whom somebody would be told of. */
const alertsOf = (runs: readonly Run[]): string[] =>
  toldOf(runs)
    .filter((handshake) => noiseOf(handshake) === null)
    .map(keyOf)

const expected = (runs: readonly (readonly [Run, string])[]) =>
  Object.fromEntries(runs.map(([{ key }, kind]) => [key, kind]))

const check = (runs: readonly (readonly [Run, string])[]) => {
  const all = runs.map(([run]) => run)
  expect(toldOf(all)).toHaveLength(runs.length)
  expect(verdictsOf(all)).toEqual(expected(runs))
}

const times = [0, 1] as const

describe('eight programs at one address, each twice', () => {
  it.each([8, 15, 40])('one after the other, %i s apart', (apart) => {
    const runs = times.flatMap((round) =>
      eight.map(([program, steps, kind], place) => {
        const at = startsAt + (round * eight.length + place) * apart * second
        return [{ key: `${program.name}${round}`, program, steps, at }, kind] as const
      }),
    )
    check(runs)
    expect(alertsOf(runs.map(([run]) => run))).toEqual([])
  })

  it.each([0, 3, 40, 700])('four at once, %i ms apart, whichever four', (apart) => {
    for (let first = 0; first < eight.length; first += 1) {
      const four = [0, 1, 2, 3].map((one) => eight[(first + one) % eight.length] ?? eight[0])
      const runs = times.flatMap((round) =>
        four.flatMap((one, place) => {
          if (!one) return []
          const [program, steps, kind] = one
          const at = startsAt + round * 90 * second + place * apart
          return [[{ key: `${program.name}${round}`, program, steps, at }, kind] as const]
        }),
      )
      check(runs)
      expect(alertsOf(runs.map(([run]) => run))).toEqual([])
    }
  })

  it.each([0, 40, 700])('the same one twice at once, %i ms apart', (apart) => {
    for (const [program, steps, kind] of eight) {
      // two ports, so that the two registrations differ
      const runs = times.map(
        (round) =>
          [
            {
              key: `${program.name}${round}`,
              program,
              steps,
              at: startsAt + round * apart,
              clientId: `client_${round}`,
            },
            kind,
          ] as const,
      )
      check(runs)
    }
  })

  it('one is denied and tries again, one was wiped and comes back', () => {
    const run = (key: string, program: Program, steps: readonly Step[], at: number): Run => ({
      key,
      program,
      steps,
      at: startsAt + at * second,
    })
    const wiped = { ...run('e', mcpRemote, mcpRemoteAfterWipe, 75), clientId: 'client_new' }
    check([
      [run('a', mcpRemote, mcpRemoteFirst, 0), 'connected'],
      [run('b', sdk, denied(usual), 15), 'refused-by-operator'],
      [run('c', sdk, usual, 30), 'connected'],
      [run('d', codex, codexLogin, 60), signedIn],
      [wiped, 'connected'],
    ])
  })
})

describe('what a program does between its sign-ins', () => {
  it('is no attempt: opencode lists, and signs in', () => {
    const list: Run = { key: 'list', program: opencode, steps: opencodeList, at: startsAt }
    const auth = { key: 'auth', program: opencode, steps: opencodeAuth, at: startsAt + 3600 }
    expect(verdictsOf([list, auth])).toEqual({ auth: 'connected' })
  })

  it('is none either while it waits for the person', () => {
    const login: Run = { key: 'a', program: codex, steps: codexLogin, at: startsAt }
    const looks: Run = {
      key: 'b',
      program: codex,
      steps: codexStart.slice(0, 3),
      at: startsAt + 3000,
    }
    check([[login, signedIn]])
    expect(verdictsOf([login, looks])).toEqual({ a: signedIn })
  })

  it('is told from a login of Claude Code, which names itself otherwise', () => {
    const login: Run = { key: 'a', program: claudeCode, steps: claudeLogin, at: startsAt }
    const document = 'https://claude.ai/oauth/claude-code-client-metadata'
    check([[{ ...login, program: { ...claudeCode, document } }, signedIn]])
    const [handshake] = toldOf([{ ...login, program: { ...claudeCode, document } }])
    expect(handshake?.surface).toBe('claude-code')
  })
})

describe('a sign-in of Claude Code', () => {
  const document = 'https://claude.ai/oauth/claude-code-client-metadata'
  const program: Program = { ...claudeCode, document }
  const login = (at: number): Run => ({ key: 'a', program, steps: claudeLogin, at: startsAt + at })
  const looks = (agent: string): Run => ({
    key: 'b',
    program: { ...program, agent },
    steps: usual.slice(0, 3),
    at: startsAt,
  })

  it.each([2, 60, 900])('goes on with what it asked for %i s before, and stalls', (after) => {
    const asked = looks('claude-code/2.1.332 (cli)')
    expect(verdictsOf([asked, login(after * second)])).toEqual({ a: 'stalled' })
  })

  it.each([2, 60])('goes on with nothing where nobody was there %i s before', (after) => {
    const asked = looks('claude-code/2.1.332 (sdk-cli)')
    expect(verdictsOf([asked, login(after * second)])).toEqual({ a: signedIn })
  })
})

describe('Claude Code that signed in by its runtime', () => {
  const registers: readonly Step[] = [
    ...claudeLogin.slice(0, 4),
    [20, 'register', 'Bun/1.4.6'],
    ...claudeLogin.slice(4),
  ]
  const document = 'https://claude.ai/oauth/claude-code-client-metadata'
  const logins: readonly [string, Run][] = [
    ['registers', { key: 'a', program: claudeCode, steps: registers, at: startsAt }],
    [
      'has a document',
      { key: 'a', program: { ...claudeCode, document }, steps: claudeLogin, at: startsAt },
    ],
  ]
  const call = (agent: string, after: number): Run => ({
    key: 'b',
    program: { ...claudeCode, agent },
    steps: usual.slice(0, 3),
    at: startsAt + after,
  })

  it.each(logins)('and %s is told of when its call comes without the token', (_, login) => {
    for (const after of [9, 60, 900]) {
      const asks = call('claude-code/2.1.332 (cli)', after * second)
      const [handshake, ...others] = toldOf([login, asks])
      expect(others).toEqual([])
      expect(handshake?.verdict).toEqual({ kind: 'stalled', stage: 'first-mcp-request' })
      const now = (handshake?.lastAt ?? 0) + 60 * second
      const [found] = handshake ? diagnose(handshake, factsOf(), now) : []
      expect(found?.rule).toBe('authorization-header-stripped')
    }
  })

  it.each(logins)('and %s is well where another program asks', (_, login) => {
    const agents = ['codex-mcp-client/0.171.0', 'node', 'Bun/1.4.6']
    for (const agent of agents) {
      const [first] = toldOf([login, call(agent, 9 * second)])
      expect([agent, first?.verdict.kind]).toEqual([agent, 'signed-in'])
    }
  })
})

describe('a program whose token is dead', () => {
  const rounds = (count: number, apartMs: number): Run[] =>
    Array.from({ length: count }, (_, place) => ({
      key: `r${place}`,
      program: sdk,
      steps: deadTokenRound,
      at: startsAt + place * apartMs,
    }))

  it.each([
    [8, 750],
    [30, 1000],
    [30, 5000],
    [10, 30_000],
  ])('and which tries %i times every %i ms is one handshake', (count, apart) => {
    const [handshake, ...others] = toldOf(rounds(count, apart))
    expect(others).toEqual([])
    expect(handshake?.events).toHaveLength(count * deadTokenRound.length)
  })

  it('is one where it has been connected before', () => {
    const before: Run = { key: 'a', program: sdk, steps: usual, at: startsAt - 600 * second }
    expect(toldOf([before, ...rounds(8, 750)])).toHaveLength(2)
  })

  it('goes on in the same handshake when it signs in anew', () => {
    const anew: Run = { key: 'b', program: sdk, steps: usual.slice(3), at: startsAt + 8 * 750 }
    expect(verdictsOf([...rounds(8, 750), anew])).toEqual({ b: 'connected' })
  })
})

describe('one machine', () => {
  it('is one source by whichever of its own addresses', () => {
    const run: Run = {
      key: 'a',
      program: codexByDocument,
      steps: codexLoginByDocument,
      at: startsAt,
      address: '::1',
      browserAddress: '127.0.0.1',
    }
    check([[run, signedIn]])
  })

  it('has its start looked for at either', () => {
    const first: Run = { key: 'a', program: mcpRemote, steps: mcpRemoteFirst, at: startsAt }
    const start: Run = { ...first, key: 'b', steps: mcpRemoteStart, at: startsAt + 300 * second }
    const runs = [
      { ...first, address: '127.0.0.1' },
      { ...start, address: '::1', grant: 'grant_a' },
    ]
    expect(verdictsOf(runs)).toEqual({ a: 'connected' })
  })
})

describe('a browser that carries our cookie', () => {
  const here = '203.0.113.7'
  const there = '2001:db8:0:7::1'
  const login = (key: string, at: number, more: Partial<Run> = {}): Run => ({
    key,
    program: codexByDocument,
    steps: codexLoginByDocument,
    at: startsAt + at * second,
    address: here,
    browser: 'mark_1',
    ...more,
  })

  it('is one machine at its other address, where it was seen before', () => {
    check([
      [login('a', 0), signedIn],
      [login('b', 30, { browserAddress: there }), signedIn],
    ])
  })

  it('is not, by another browser’s', () => {
    const other = login('b', 30, { browserAddress: there, browser: 'mark_2' })
    const [first, ...others] = toldOf([login('a', 0), other])
    expect(first?.events).toHaveLength(inLog(login('a', 0)).length)
    // what its program asked for led to nothing that is known
    expect(others.flatMap(({ events }) => events.map(({ name }) => name))).not.toContain(
      'mcp.challenged',
    )
  })
})
