import type { RuleCases } from '../case'
import { authorizeCases } from './authorize'
import { circumstanceCases } from './circumstances'
import { discoveryCases } from './discovery'
import { edgeCases } from './edge'
import { endpointCases } from './endpoint'
import { reachCases } from './reach'
import { registrationCases } from './registration'
import { tokenCases } from './token'

/** The situations of every rule. */
export const allCases: readonly RuleCases[] = [
  ...edgeCases,
  ...endpointCases,
  ...tokenCases,
  ...authorizeCases,
  ...registrationCases,
  ...reachCases,
  ...discoveryCases,
  ...circumstanceCases,
]
