import { inject } from 'vitest'
import { launch, type Portico, type StartOptions } from './portico-process'

declare module 'vitest' {
  interface ProvidedContext {
    origin: string
  }
}

/** The origin of the Portico that all tests of a run share; sign in as `admin`. */
export const sharedOrigin = (): string => inject('origin')

/**
 * Starts a Portico for one test, with empty tables. It ends with the test
 * file at the latest.
 *
 * @throws {StartFailure} if it exits before it is ready
 */
export const startPortico = (options?: StartOptions): Promise<Portico> => launch(options)
