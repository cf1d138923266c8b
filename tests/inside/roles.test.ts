import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Declared } from '@/lib/auth/declared'
import type { Person } from '@/lib/auth/session'
import type { Role } from '@/lib/vocabulary'
import { useOwnDatabase } from '../support/database/own-database'
import { exportedFunctions } from '../support/sources/exported-functions'
import { sourceFiles } from '../support/sources/imports'

/** Who is signed in: only the cookie is pretended; sessions and roles are rows of a database. */
const visitor = vi.hoisted(() => ({ is: null as string | null, asked: 0 }))
vi.mock('next-auth', () => ({
  default: () => undefined,
  getServerSession: async () => {
    visitor.asked += 1
    return visitor.is && { user: { id: `user_${visitor.is}`, sessionId: `session_${visitor.is}` } }
  },
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
const pages = import.meta.glob<{ readonly default: Callable }>([
  '../../app/admin/**/page.tsx',
  '../../app/{account,connections}/**/page.tsx',
])

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

/** What is exported and can be called, and what a list brings besides; no data is in anything else. */
async function callables(file: string): Promise<[string, Callable][]> {
  const module = await modules[file]?.()
  const isCallable = (entry: [string, unknown]): entry is [string, Callable] =>
    typeof entry[1] === 'function'
  return Object.entries(module ?? {})
    .filter(isCallable)
    .flatMap(([name, call]) => {
      const more = Object.entries(call).filter(isCallable)
      return [
        [name, call] as [string, Callable],
        // its rows are for whom a guard has let in already, which its type says
        ...more
          .filter(([part]) => part !== 'rows')
          .map(([part, one]): [string, Callable] => [`${name}.${part}`, one]),
      ]
    })
}

const isDeclared = (call: Callable): call is Callable & Declared => 'declared' in call

const all = await Promise.all(
  Object.keys(modules).map(async (file) =>
    (await callables(file)).map(([name, call]) => ({
      file: file.replace('../../', ''),
      name: `${file.replace('../../', '')} ${name}`,
      exported: name,
      call,
    })),
  ),
)
const found = all.flat()

const declared = found.flatMap(({ name, file, call }) =>
  isDeclared(call) ? [{ name, file, call, ...call.declared }] : [],
)

/** Whom a function lets in. */
const letIn = (role: Declared['declared']['role']): readonly Rank[] =>
  typeof role === 'string' ? ranks.slice(ranks.indexOf(role)) : ranks

/** The forms of one's own connections find nothing where nonsense is asked for. */
const isOwnersForm = (name: string) =>
  /^app\/connections\/|^lib\/admin\/account\/(connections|remembered)\.ts \w+(Own|Remembered)/.test(
    name,
  )

describe('what is declared', () => {
  it('is all there is', () => {
    expect(declared.length).toBeGreaterThan(100)
  })

  it.each(declared)('$name is for $role and above', async ({ name, kind, role, call }) => {
    const receptions = new Map<Rank, Reception>()
    for (const who of ranks) {
      visitor.asked = 0
      receptions.set(who, await receive(call, who))
      // once, neither more nor less; a download asks again for each of its pages
      if (kind !== 'route') expect([who, visitor.asked]).toEqual([who, kind === 'open' ? 0 : 1])
    }
    const admitted = ranks.filter((who) => receptions.get(who) === 'let in')
    const isOwners = isOwnersForm(name) && kind === 'command'
    expect(admitted).toEqual(isOwners ? [] : letIn(role))
    if (kind !== 'open') expect(receptions.get('nobody')).toBe('sent to sign in')
    if (isOwners) expect(receptions.get('member')).toBe('shown nothing')
  })

  it('changes nothing for viewers, and for members only what is their own', () => {
    const low = declared.filter(({ kind, role }) => kind === 'command' && role === 'viewer')
    expect(low.map(({ name }) => name)).toEqual([])
    const members = declared.filter(({ role }) => role === 'member').map(({ file }) => file)
    const own = /^(lib\/admin\/account\/|app\/(account|connections)\/)/
    expect(members.filter((file) => !own.test(file))).toEqual([])
  })
})

it('a declaration without a role does not compile, and nobody else makes a person', async () => {
  const { command, query, route } = await import('@/lib/auth/declared')
  const run = async () => new Response()
  // @ts-expect-error a query names its role
  query({ path: '/admin' }, run)
  // @ts-expect-error a command names its role
  command({ path: '/admin', takes: [] }, run)
  // @ts-expect-error a command says how it reads what a browser sends
  command({ role: 'viewer', path: '/admin' }, run)
  // @ts-expect-error a route names its role
  route({}, run)
  // @ts-expect-error whoever was not let in by a guard is no person
  const person: Person = { id: '', email: '', name: null, role: 'admin', needed: 'admin' }
  expect(person).not.toHaveProperty('sessionId')
})

describe('what is not declared', () => {
  const bare = found.filter(({ call }) => !isDeclared(call))

  it('is no server action', () => {
    const used = sourceFiles('app').filter(({ text }) => /^'use server'/m.test(text))
    const listed = Object.keys(modules).map((file) => file.replace('../../', ''))
    expect(used.map(({ path }) => path).filter((path) => !listed.includes(path))).toEqual([])
    expect(bare.filter(({ file }) => file.startsWith('app/')).map(({ name }) => name)).toEqual([])
  })

  it('is seen by the architecture test, which asks for whom it reads', () => {
    const seen = sourceFiles('lib/admin').flatMap((file) =>
      exportedFunctions(file).map(({ name }) => `${file.path} ${name}`),
    )
    const unseen = bare.map(({ name }) => name).filter((name) => !seen.includes(name))
    expect(unseen).toEqual([])
  })
})

describe('pages', () => {
  it.each(Object.keys(pages))('%s is for those who may read it', async (file) => {
    // there is a page that is only there in development
    vi.stubEnv('NODE_ENV', 'development')
    onTestFinished(() => void vi.unstubAllEnvs())
    const page = (await pages[file]?.())?.default
    if (!page) throw new Error(`${file} is no page`)
    const props = {
      params: Promise.resolve({ id: 'none', event: 'none' }),
      searchParams: Promise.resolve({}),
    }
    expect(await receive(() => page(props), 'nobody')).toBe('sent to sign in')
    if (!file.includes('/app/admin/')) return
    expect(await receive(() => page(props), 'member')).toBe('shown nothing')
    if (!/\/(audit|clients\/new|operators\/invite)\/page/.test(file)) return
    expect(await receive(() => page(props), 'viewer')).toBe('shown nothing')
  })
})

it('an admin switches off the codes of others, and the own ones not without a proof', async () => {
  const { switchOffCodes } = await import('@/lib/admin/people/changes')
  visitor.is = 'admin'
  await signIn()
  await giveCodes('user_admin')
  await giveCodes('user_viewer')
  const messages: string[] = []
  for (const id of ['user_admin', 'user_viewer', 'user_viewer', 'none']) {
    messages.push((await switchOffCodes(id)).message)
  }
  expect(messages).toEqual([
    'This account no longer exists',
    'viewer@portico.test signs in without a one-time code from now on',
    'Nothing to change for viewer@portico.test',
    'This account no longer exists',
  ])
  expect(await whoHasCodes()).toEqual(['user_admin'])
})
