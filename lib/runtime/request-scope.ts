import { AsyncLocalStorage } from 'node:async_hooks'
import { processWide } from '@/lib/process-wide'

type Scope = {
  /**
   * Whether our own code has run for a request that Next answers. A failure before that is caused by
   * the request: Next reads forms, action arguments and its own headers before it calls us, and
   * answers 500 when it cannot.
   */
  hasBegun: boolean
  /** when its first line arrived, before its body, of `performance.now()`; `null` once it was taken */
  arrivedMs: number | null
}

const scopes = processWide('request-scope', () => new AsyncLocalStorage<Scope>())

/**
 * Answers a request within its own scope.
 *
 * @param arrivedMs when its first line arrived, of `performance.now()`
 */
export const inRequestScope = <Result>(answer: () => Result, arrivedMs: number): Result =>
  scopes.run({ hasBegun: false, arrivedMs }, answer)

/** Called when our own code starts: an exchange is opened, or the database is queried. */
export function noteBegun(): void {
  const scope = scopes.getStore()
  if (scope) scope.hasBegun = true
}

/**
 * When the current request arrived, of `performance.now()`; now, if that was not recorded. Only for the
 * first caller: work that the request started runs on in its scope, but is something else.
 */
export function takeArrival(): number {
  const scope = scopes.getStore()
  const arrivedMs = scope?.arrivedMs ?? performance.now()
  if (scope) scope.arrivedMs = null
  return arrivedMs
}

/** Returns a check that can be called later, also outside of the request's scope. */
export function begunReader(): () => boolean {
  const scope = scopes.getStore()
  return () => scope?.hasBegun ?? true
}
