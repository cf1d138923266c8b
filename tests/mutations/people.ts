import type { Mutation } from './mutation'

/** Accounts and their sessions, and what strangers leave in the log. */
export const peopleMutations: readonly Mutation[] = [
  {
    name: 'a known browser is slowed by strangers',
    breaks: ['P1'],
    in: 'if (device) return',
    of: 'device',
    to: 'device && false',
  },
  {
    name: 'guesses at an account cost nothing',
    breaks: ['P1'],
    in: 'await consumePoint(key, points[kind], seconds)',
    to: '0',
  },
  {
    name: 'a paused connection is made again unasked',
    breaks: ['P2'],
    in: '(await connection.grant.findFirst({ where: { ...key, ...paused } })) !== null',
    to: 'false',
  },
  {
    name: 'what was revoked is made again unasked',
    breaks: ['P2'],
    in: "await forgetConsentsWith(connection, grant, 'revoked', events.at(-1))",
    to: '[]',
  },
  {
    name: 'a connection goes on when its person ends it',
    breaks: ['A66'],
    in: "return revokeGrant(grant.id, 'person', at, [event], actor)",
    of: "revokeGrant(grant.id, 'person', at, [event], actor)",
    to: 'Promise.resolve(event)',
  },
  {
    name: 'sessions outlive an account that is disabled',
    breaks: ['P3'],
    in: '{ sessions: await endSessionsWith(connection, before.id, at) }',
    of: 'await endSessionsWith(connection, before.id, at)',
    to: '0',
  },
  {
    name: 'the events of strangers are never folded',
    breaks: ['G1'],
    in: 'if (!isAnonymous(event)) return [...this.release(event), event]',
    of: '!isAnonymous(event)',
    to: 'true',
  },
  {
    name: 'what was counted with others is not told of a person',
    breaks: ['G2'],
    in: 'if (this.#held.size === 0 || isAnonymous(event)) return []',
    of: 'this.#held.size === 0 || isAnonymous(event)',
    to: 'true',
  },
  {
    name: 'the log grows beyond its size',
    breaks: ['G3'],
    in: 'const found = await tooMuch(bound)',
    of: 'await tooMuch(bound)',
    to: 'null',
  },
]
