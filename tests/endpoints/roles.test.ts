import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Role } from '@/lib/store/users'
import { type Access, actions, adminFunctions } from '../roles/guarded'
import { importsOf, sourceFiles } from '../support/imports'
import { databaseFor } from '../support/portico-database'
import { newDataDir, templateFor } from '../support/template'

/** Who is signed in: only the cookie is pretended; sessions and roles are rows of a database. */
const visitor = vi.hoisted(() => ({ is: null as string | null }))
vi.mock('next-auth', () => ({
  default: () => undefined,
  getServerSession: async () => visitor.is && { user: { id: visitor.is } },
}))
vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => ({}) }))
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }))

const ranks = ['nobody', 'member', 'viewer', 'operator', 'admin'] as const
type Rank = (typeof ranks)[number]

type Callable = (...args: readonly unknown[]) => unknown
const modules = {
  ...import.meta.glob<Record<string, unknown>>('../../lib/admin/**/*.ts'),
  ...import.meta.glob<Record<string, unknown>>('../../app/**/actions.ts'),
}
const nameOf = (file: string) =>
  file
    .replace('../../lib/admin/', '')
    .replace(/^\.\.\/\.\.\/app\//, '')
    .replace(/(\/actions)?\.ts$/, '')

let stop: () => Promise<void>

beforeAll(async () => {
  const dataDir = newDataDir(false)
  process.env.PORTICO_DATA_DIR = dataDir
  process.env.DATABASE_URL = (await databaseFor(dataDir, templateFor(false))) ?? ''
  const { prisma, closeDatabase } = await import('@/lib/store/database')
  const { user } = await prisma()
  for (const role of ranks.slice(1) as readonly Role[]) {
    await user.create({ data: { id: `user_${role}`, email: `${role}@portico.test`, role } })
  }
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

const turnedAway = (reason: unknown): boolean => {
  const digest = reason instanceof Error && 'digest' in reason ? String(reason.digest) : ''
  return digest.startsWith('NEXT_HTTP_ERROR_FALLBACK') || digest.includes('/sign-in?next=')
}

/** Whether a function lets somebody in; what it does with nonsense then is not asked here. */
async function admits(call: Callable, who: Rank): Promise<boolean> {
  visitor.is = who === 'nobody' ? null : `user_${who}`
  try {
    const answer = await call(anything(), anything(), anything())
    if (!(answer instanceof Response)) return true
    await answer.body?.cancel()
    return answer.status !== 401 && answer.status !== 403
  } catch (error) {
    return !turnedAway(error)
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

const needed = (access: Access): Rank =>
  access === 'stranger' || access === 'inner' ? 'nobody' : access

describe.each(tables)('$name', ({ file, expected }) => {
  it('is listed whole', async () => {
    const exported = (await callables(file)).map(([name]) => name)
    expect(exported.toSorted()).toEqual(Object.keys(expected).toSorted())
  })

  it.each(Object.entries(expected).filter(([, access]) => access !== 'inner'))(
    '%s is for %s and above',
    async (name, access) => {
      const call = new Map(await callables(file)).get(name)
      if (!call) throw new Error(`${name} does not exist`)
      const admitted: Rank[] = []
      for (const who of ranks) if (await admits(call, who)) admitted.push(who)
      expect(admitted).toEqual(ranks.slice(ranks.indexOf(needed(access))))
    },
  )
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
