import { inject } from 'vitest'
import { launch, type Portico, type StartOptions } from './portico-process'

declare module 'vitest' {
  interface ProvidedContext {
    origin: string
  }
}

/** The origin of the Portico that all tests of a run share; `admin` of portico-process may sign in. */
export const sharedOrigin = (): string => inject('origin')

/**
 * Starts a Portico of the test's own, where nothing is stored but the tables. It ends with the test
 * file at the latest.
 *
 * @throws {StartFailure} when it ends instead of answering
 */
export const startPortico = (options?: StartOptions): Promise<Portico> => launch(options)
