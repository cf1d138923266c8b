import 'server-only'
import { revalidatePath } from 'next/cache'
import { json } from '@/lib/http/responses'
import type { Role } from '@/lib/vocabulary'
import type { Operator } from './operator'
import { admit, admitted, currentOperator, includesRole, type Person } from './session'

/**
 * Declares every function that reads or changes data for a caller: the role it needs, its page, and the
 * work. The guard is here and nowhere else: it runs once for each call, and a declaration without a
 * role does not compile.
 */

/** The metadata that a declaration puts on its function. */
export type Declared<Kind extends string = string> = {
  readonly declared: {
    readonly kind: Kind
    /** the lowest role allowed, or the proof that a caller without a session must bring */
    readonly role: Role | { readonly proof: string }
    /** the page that it belongs to */
    readonly path?: string
  }
}

/** Parses an untrusted argument from the browser; see lib/http/sent.ts. */
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
 * Declares data that a page reads.
 *
 * @param declared `path` is where to return after signing in; `takes` parses the arguments when a
 *   browser calls it without a page
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
 * Declares a change by a form or a button: a server action, whose arguments are untrusted. Pages read
 * their data again after it.
 *
 * @param declared `path` is the page of the form, `takes` parses what the browser sends
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

/** Declares a route that is not a page: answers 401 to a caller without the role, with no redirect. */
export function route<Context = unknown>(
  declared: { readonly role: Role },
  run: (person: Person, request: Request, context: Context) => Promise<Response>,
) {
  const { role } = declared
  const serve = async (request: Request, context: Context): Promise<Response> => {
    const person = await admitted(role, new URL(request.url).pathname)
    return person ? run(person, request, context) : json({ error: 'unauthorized' }, 401)
  }
  return Object.assign(serve, { declared: { kind: 'route', role } } as const)
}

/** A route that passes the signed-in operator, if there is one, to its endpoint. */
export const withOperator =
  (serve: (request: Request, operator: Operator | null) => Promise<Response>) =>
  async (request: Request): Promise<Response> =>
    serve(request, await currentOperator())

/** A caller who need not be signed in. Only {@link open} makes one. */
class Stranger {
  // not public: no other object has this type
  constructor(protected readonly proof: string) {}
}

/** A caller for whom data may be read: a signed-in person, or a stranger with the required proof. */
export type Caller = Person | Stranger

/**
 * Declares an action for callers who need not be signed in.
 *
 * @param declared `proof` names what the caller must bring; `run` has to check it
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

/** Returns the actions if the signed-in operator may run all of them, for a page to pass to its buttons. */
export async function permitted<Actions extends Readonly<Record<string, Declared>>>(
  actions: Actions,
): Promise<Actions | undefined> {
  const may = await Promise.all(Object.values(actions).map(mayCall))
  return may.every(Boolean) ? actions : undefined
}

/** Runs the guard of a command, for a page that shows its form and reads nothing. */
export async function guard({ declared: { role, path } }: Declared<'command'>): Promise<void> {
  if (typeof role === 'string') await admit(role, path ?? '/')
}
