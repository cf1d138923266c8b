import type { Scenario } from '../../support/handshakes/corpus-scenario'
import { circumstanceScenarios } from './circumstances'
import { consentScenarios } from './consent'
import { discoveryScenarios } from './discovery'
import { edgeScenarios, firstScenarios } from './edge'
import { endpointScenarios } from './endpoint'
import { healthyScenarios } from './healthy'
import { reachScenarios } from './reach'
import { registrationScenarios } from './registration'
import { tokenScenarios } from './token'

/** Everything that is recorded, in this order. */
export const scenarios: readonly Scenario[] = [
  ...firstScenarios,
  ...healthyScenarios,
  ...edgeScenarios,
  ...endpointScenarios,
  ...tokenScenarios,
  ...consentScenarios,
  ...registrationScenarios,
  ...discoveryScenarios,
  ...reachScenarios,
  ...circumstanceScenarios,
]
