import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Role } from '@/lib/store/users'
import { type Access, actions, adminFunctions } from '../roles/guarded'
import { importsOf, sourceFiles } from '../support/imports'
import { useOwnDatabase } from '../support/own-database'

/** Who is signed in: only the cookie is pretended; sessions and roles are rows of a database. */
const visitor = vi.hoisted(() => ({ is: null as string | null }))
vi.mock('next-auth', () => ({
  default: () => undefined,
  getServerSession: async () =>
    visitor.is && { user: { id: `user_${visitor.is}`, sessionId: `session_${visitor.is}` } },
}))
vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => ({}) }))
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }))

const ranks = ['nobody', 'member', 'viewer', 'operator', 'admin'] as const
type Rank = (typeof ranks)[number]

type Callable = (...args: readonly unknown[]) => unknown
const modules = {
  ...import.meta.glob<Record<string, unknown>>('../../lib/admin/**/*.ts'),
  ...import.meta.glob<Record<string, unknown>>('../../app/**/*actions.ts'),
}
const nameOf = (file: string) =>
  file
    .replace('../../lib/admin/', '')
    .replace(/^\.\.\/\.\.\/app\//, '')
    .replace(/(\/actions)?\.ts$/, '')

let stop: () => Promise<void>
/** Gives somebody one-time codes. */
let giveCodes: (userId: string) => Promise<unknown>
/** Whose they are. */
let whoHasCodes: () => Promise<string[]>
/** Signs everybody in anew: some of what is called here ends sessions. */
let signIn: () => Promise<void>

beforeAll(async () => {
  const { prisma, closeDatabase } = await useOwnDatabase()
  const { user, operatorSession, totp } = await prisma()
  const [now, later] = [new Date(), new Date(Date.now() + 3_600_000)]
  for (const role of ranks.slice(1) as readonly Role[]) {
    const [id, userId] = [`session_${role}`, `user_${role}`]
    await user.create({ data: { id: userId, email: `${role}@portico.test`, role } })
    const times = { createdAt: now, lastSeenAt: now, expiresAt: later }
    await operatorSession.create({ data: { id, userId, method: 'password', ...times } })
  }
  signIn = async () => {
    await operatorSession.updateMany({ data: { endedAt: null } })
  }
  const confirmed = { secretEncrypted: '', createdAt: now, confirmedAt: now }
  giveCodes = (userId) =>
    totp.upsert({ where: { userId }, create: { userId, ...confirmed }, update: confirmed })
  whoHasCodes = async () =>
    (await totp.findMany({ where: { confirmedAt: { not: null } } })).map(({ userId }) => userId)
  stop = closeDatabase
})
afterAll(() => stop())

/** Serves as a text, a query, a form and a request alike. */
const anything = () =>
  Object.assign(new Request('http://localhost/?q=none'), {
    get: () => 'none',
    has: () => false,
    params: Promise.resolve({ id: 'none' }),
  })

type Reception = 'let in' | 'sent to sign in' | 'shown nothing'

function receptionOf(error: unknown): Reception {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : ''
  if (digest.includes('/sign-in?next=')) return 'sent to sign in'
  return digest.startsWith('NEXT_HTTP_ERROR_FALLBACK') ? 'shown nothing' : 'let in'
}

/** How a function receives somebody; what it does with nonsense once they are in is not asked here. */
async function receive(call: Callable, who: Rank): Promise<Reception> {
  visitor.is = who === 'nobody' ? null : who
  await signIn()
  try {
    const answer = await call(anything(), anything(), anything())
    if (!(answer instanceof Response)) return 'let in'
    await answer.body?.cancel()
    if (answer.status === 401) return 'sent to sign in'
    return answer.status === 403 ? 'shown nothing' : 'let in'
  } catch (error) {
    return receptionOf(error)
  }
}

/** What a module exports and can be called; what is no function holds no data. */
async function callables(file: string): Promise<[string, Callable][]> {
  const module = await modules[file]?.()
  return Object.entries(module ?? {}).filter(
    (entry): entry is [string, Callable] => typeof entry[1] === 'function',
  )
}

const tables = Object.keys(modules).map((file) => {
  const table = file.includes('/app/') ? actions : adminFunctions
  return { file, name: nameOf(file), expected: table[nameOf(file)] ?? {} }
})

/** Whom a function lets in. An owner is let in to what is theirs, and nonsense is nobody's. */
const letIn: Readonly<Record<Exclude<Access, 'inner'>, readonly Rank[]>> = {
  stranger: ranks,
  member: ranks.slice(1),
  viewer: ranks.slice(2),
  operator: ranks.slice(3),
  admin: ranks.slice(4),
  owner: [],
}

const guarded = (expected: Readonly<Record<string, Access>>) =>
  Object.entries(expected).filter(
    (entry): entry is [string, Exclude<Access, 'inner'>] => entry[1] !== 'inner',
  )

describe.each(tables)('$name', ({ file, expected }) => {
  it('is listed whole', async () => {
    const exported = (await callables(file)).map(([name]) => name)
    expect(exported.toSorted()).toEqual(Object.keys(expected).toSorted())
  })

  it.each(guarded(expected))('%s is for %s and above', async (name, access) => {
    const call = new Map(await callables(file)).get(name)
    if (!call) throw new Error(`${name} does not exist`)
    const receptions = new Map<Rank, Reception>()
    for (const who of ranks) receptions.set(who, await receive(call, who))
    const admitted = ranks.filter((who) => receptions.get(who) === 'let in')
    expect(admitted).toEqual(letIn[access])
    if (access === 'owner') expect(receptions.get('member')).toBe('shown nothing')
    if (access !== 'stranger') expect(receptions.get('nobody')).toBe('sent to sign in')
  })
})

it('every server action is in a file that is listed', () => {
  const files = sourceFiles('app').filter(({ text }) => /^'use server'/m.test(text))
  const listed = Object.keys(modules).map((file) => file.replace('../../', ''))
  expect(files.map(({ path }) => path).filter((path) => !listed.includes(path))).toEqual([])
})

it('what asks nobody is called by no page, route or action', () => {
  const inner = Object.values(adminFunctions).flatMap((table) =>
    Object.entries(table).flatMap(([name, access]) => (access === 'inner' ? [name] : [])),
  )
  const callers = sourceFiles('app').filter((file) =>
    importsOf(file).some(({ target }) => target.startsWith('lib/admin')),
  )
  const offences = callers.flatMap(({ path, text }) =>
    inner
      .filter((name) => new RegExp(`\\b${name}\\b`).test(text))
      .map((name) => `${path}: ${name}`),
  )
  expect(offences).toEqual([])
})

it('an admin switches off the codes of others, and the own ones not without a proof', async () => {
  const { switchOffCodes } = await import('@/lib/admin/operator-changes')
  visitor.is = 'admin'
  await signIn()
  await giveCodes('user_admin')
  await giveCodes('user_viewer')
  const outcomes: string[] = []
  for (const id of ['user_admin', 'user_viewer', 'user_viewer', 'none']) {
    outcomes.push((await switchOffCodes(id)).outcome)
  }
  expect(outcomes).toEqual(['gone', 'changed', 'same', 'gone'])
  expect(await whoHasCodes()).toEqual(['user_admin'])
})
