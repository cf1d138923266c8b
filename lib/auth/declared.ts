import 'server-only'
import { revalidatePath } from 'next/cache'
import { json } from '@/lib/http/responses'
import type { Role } from '@/lib/vocabulary'
import { admit, admitted, currentOperator, includesRole, type Person } from './session'

/**
 * How everything is declared that reads or changes something for somebody: who may, on which page, and
 * what is done. The guard stands here and nowhere else: it runs once for each call, and what names no
 * role does not compile.
 */

/** What a declaration leaves on its function, for whoever asks who may call it. */
export type Declared<Kind extends string = string> = {
  readonly declared: {
    readonly kind: Kind
    /** the lowest role that may, or how somebody proves that they may who is not signed in */
    readonly role: Role | { readonly proof: string }
    /** the page that it belongs to */
    readonly path?: string
  }
}

/** Reads an argument that a browser sent, which may be anything; see lib/http/sent.ts. */
type Reader = (sent: never) => unknown
type Sent<Readers extends readonly Reader[]> = {
  [Index in keyof Readers]: Parameters<Readers[Index]>[0]
}
type Read<Readers extends readonly Reader[]> = {
  [Index in keyof Readers]: ReturnType<Readers[Index]>
}

const readAll = <Readers extends readonly Reader[]>(readers: Readers, sent: Sent<Readers>) =>
  readers.map((read, index) => read(sent[index] as never)) as Read<Readers>

/**
 * Something that is read for a page.
 *
 * @param declared `path` is where somebody is led back to who has to sign in first; `takes` is for what
 *   a browser asks without a page
 */
export function query<Args extends readonly unknown[], Result>(
  declared: {
    readonly role: Role
    readonly path: string | ((...args: Args) => string)
    readonly takes?: { readonly [Index in keyof Args]: (sent: Args[Index]) => Args[Index] }
  },
  run: (person: Person, ...args: Args) => Promise<Result>,
) {
  const { role, path, takes } = declared
  const call = async (...args: Args): Promise<Result> => {
    const person = await admit(role, typeof path === 'string' ? path : path(...args))
    return run(person, ...(takes ? readAll(takes, args) : args))
  }
  return Object.assign(call, { declared: { kind: 'query', role } } as const)
}

/**
 * Something that is changed by a form or a button: a server action, which a browser may call with
 * anything. Whatever pages have read before is read anew after it.
 *
 * @param declared `path` is the page that it is done on, `takes` reads what the browser sends
 */
export function command<const Readers extends readonly Reader[], Result>(
  declared: { readonly role: Role; readonly path: string; readonly takes: Readers },
  run: (person: Person, ...args: Read<Readers>) => Promise<Result>,
) {
  const { role, path, takes } = declared
  const call = async (...sent: Sent<Readers>): Promise<Result> => {
    const person = await admit(role, path)
    try {
      return await run(person, ...readAll(takes, sent))
    } finally {
      revalidatePath('/', 'layout')
    }
  }
  return Object.assign(call, { declared: { kind: 'command', role, path } } as const)
}

/** What is answered with something else than a page: 401 for whoever may not, and no redirect. */
export function route<Context = unknown>(
  declared: { readonly role: Role },
  run: (person: Person, request: Request, context: Context) => Promise<Response>,
) {
  const { role } = declared
  const serve = async (request: Request, context: Context): Promise<Response> => {
    const person = await admitted(role)
    return person ? run(person, request, context) : json({ error: 'unauthorized' }, 401)
  }
  return Object.assign(serve, { declared: { kind: 'route', role } } as const)
}

/** Somebody who need not be signed in. Only {@link open} makes one. */
class Stranger {
  readonly #proof: string
  constructor(proof: string) {
    this.#proof = proof
  }
  /** what stands for the guard */
  get proof(): string {
    return this.#proof
  }
}

/** Somebody for whom something may be read: a person, or whoever has what is asked of a stranger. */
export type Caller = Person | Stranger

/**
 * Something for people who need not be signed in.
 *
 * @param declared `proof` says what they have to bring; whether they do, `run` has to ask
 */
export function open<const Readers extends readonly Reader[], Result>(
  declared: { readonly proof: string; readonly takes: Readers },
  run: (stranger: Stranger, ...args: Read<Readers>) => Promise<Result>,
) {
  const { proof, takes } = declared
  const call = async (...sent: Sent<Readers>): Promise<Result> =>
    run(new Stranger(proof), ...readAll(takes, sent))
  return Object.assign(call, { declared: { kind: 'open', role: { proof } } } as const)
}

const mayCall = async ({ declared: { role } }: Declared): Promise<boolean> => {
  const operator = await currentOperator()
  return typeof role === 'object' || (operator !== null && includesRole(operator.role, role))
}

/** These actions, if whoever is signed in may run all of them: what a page hands to its buttons. */
export async function permitted<Actions extends Readonly<Record<string, Declared>>>(
  actions: Actions,
): Promise<Actions | undefined> {
  const may = await Promise.all(Object.values(actions).map(mayCall))
  return may.every(Boolean) ? actions : undefined
}

/** The guard of a command, for the page that has its form and reads nothing. */
export async function guard({ declared: { role, path } }: Declared<'command'>): Promise<void> {
  if (typeof role === 'string') await admit(role, path ?? '/')
}
