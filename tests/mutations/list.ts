import type { RequirementId } from '../requirements'
import { authorizationMutations } from './authorization'
import { clientMutations } from './clients'
import { discoveryMutations } from './discovery'
import { endpointMutations } from './endpoint'
import type { Mutation } from './mutation'
import { peopleMutations } from './people'
import { tokenMutations } from './tokens'

/** Every mutation. To add one, add it to the file of its subject: mutations.test.ts says whether it applies. */
export const mutations: readonly Mutation[] = [
  ...discoveryMutations,
  ...authorizationMutations,
  ...tokenMutations,
  ...clientMutations,
  ...endpointMutations,
  ...peopleMutations,
]

/** Requirements that no change of what ships takes away, and why. */
export const notMutated: Partial<Record<RequirementId, string>> = {
  R10: 'the MCP SDK keeps it: no tool of Portico asks a client for anything yet',
}
