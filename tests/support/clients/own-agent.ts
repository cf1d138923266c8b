import { randomInt } from 'node:crypto'

const plainFetch = globalThis.fetch

/** A name that no other program uses. */
export const uniqueUserAgent = (): string => `portico-test/${randomInt(2 ** 32)}`

/**
 * Adds a user agent to requests without one. All test files call one Portico from one address:
 * concurrent requests are told apart by user agent, like programs that share a
 * network; "node" could be any of them.
 */
export function setDefaultUserAgent(): void {
  const own = uniqueUserAgent()
  globalThis.fetch = (input, init) => {
    const given = init?.headers ?? (input instanceof Request ? input.headers : undefined)
    const headers = new Headers(given)
    if (!headers.has('user-agent')) headers.set('user-agent', own)
    return plainFetch(input, { ...init, headers })
  }
}
