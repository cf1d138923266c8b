import { randomInt } from 'node:crypto'

const plainFetch = globalThis.fetch

/** A name that no other program has. */
export const someAgent = (): string => `portico-test/${randomInt(2 ** 32)}`

/**
 * Gives what follows a name of its own where a request has none. All test files ask one Portico from
 * one address: what they send at the same time is told apart by what each calls itself, as it is with
 * programs that share a network; "node" may be any of them.
 */
export function nameThisProgram(): void {
  const own = someAgent()
  globalThis.fetch = (input, init) => {
    const given = init?.headers ?? (input instanceof Request ? input.headers : undefined)
    const headers = new Headers(given)
    if (!headers.has('user-agent')) headers.set('user-agent', own)
    return plainFetch(input, { ...init, headers })
  }
}
