import { AsyncLocalStorage } from 'node:async_hooks'
import { processWide } from '@/lib/process-wide'

type Scope = {
  /**
   * Whether anything of ours was asked in the course of a request that Next answers. What fails before
   * that fails by how the request was written: Next reads forms, arguments of actions and headers of
   * its own before it calls us, and answers 500 where it cannot.
   */
  hasBegun: boolean
  /** when its first line came, before its body did, until somebody asks; of `performance.now()` */
  arrivedMs: number | null
}

const scopes = processWide('request-scope', () => new AsyncLocalStorage<Scope>())

/**
 * Answers a request within a scope of its own.
 *
 * @param arrivedMs when its first line came, of `performance.now()`
 */
export const inRequestScope = <Result>(answer: () => Result, arrivedMs: number): Result =>
  scopes.run({ hasBegun: false, arrivedMs }, answer)

/** Called where our own work begins: an exchange is opened, or the database is asked. */
export function noteBegun(): void {
  const scope = scopes.getStore()
  if (scope) scope.hasBegun = true
}

/**
 * When the request that is being answered came, of `performance.now()`; now, where nobody has noted it.
 * It tells one: what a request has begun runs on in its scope, and is another thing.
 */
export function takeArrival(): number {
  const scope = scopes.getStore()
  const arrivedMs = scope?.arrivedMs ?? performance.now()
  if (scope) scope.arrivedMs = null
  return arrivedMs
}

/** Asks now and later, from wherever the answer is written. */
export function begunReader(): () => boolean {
  const scope = scopes.getStore()
  return () => scope?.hasBegun ?? true
}
