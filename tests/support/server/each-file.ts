import { afterAll } from 'vitest'
import { closeBrowsers } from '../browser/browser-shared'
import { setDefaultUserAgent } from '../clients/own-agent'
import { forgetOperators } from '../people/operator'
import { cleanUp } from './portico-process'

setDefaultUserAgent()

/** Server test files share a process and its modules one after another: each ends what it started. */
afterAll(async () => {
  forgetOperators()
  await Promise.all([closeBrowsers(), cleanUp()])
})
