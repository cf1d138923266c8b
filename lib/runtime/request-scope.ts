import { AsyncLocalStorage } from 'node:async_hooks'
import { processWide } from '@/lib/process-wide'

/**
 * Whether anything of ours was asked in the course of a request that Next answers. What fails before
 * that fails by how the request was written: Next reads forms, arguments of actions and headers of its
 * own before it calls us, and answers 500 where it cannot.
 */
type Scope = { hasBegun: boolean }

const scopes = processWide('request-scope', () => new AsyncLocalStorage<Scope>())

/** Answers a request within a scope of its own. */
export const inRequestScope = <Result>(answer: () => Result): Result =>
  scopes.run({ hasBegun: false }, answer)

/** Called where our own work begins: an exchange is opened, or the database is asked. */
export function noteBegun(): void {
  const scope = scopes.getStore()
  if (scope) scope.hasBegun = true
}

/** Asks now and later, from wherever the answer is written. */
export function begunReader(): () => boolean {
  const scope = scopes.getStore()
  return () => scope?.hasBegun ?? true
}
