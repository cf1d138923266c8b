import 'server-only'
import { command } from '@/lib/auth/declared'
import { commitBy } from '@/lib/auth/exchange'
import { before, form } from '@/lib/http/sent'
import { type Reach, revokeAllGrants } from '@/lib/store/grants/revoke-all'

const path = '/admin/settings'

/** The text to type before every connection is revoked. */
export const confirmation = 'revoke all connections'

/** The result of revoking every connection. */
export type RevokeAllState = { readonly problem: string | null; readonly message: string | null }

const counted = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : more}`

function wordsOf(reach: Reach): string {
  const connections = counted(reach.connections, 'connection is', 'connections are')
  const people = counted(reach.people, 'person', 'people')
  const answers = counted(reach.consents, 'remembered answer is', 'remembered answers are')
  const forgotten = reach.consents > 0 ? ` ${answers} forgotten.` : ''
  return `${connections} revoked, of ${people}.${forgotten}`
}

/** Revokes every connection to this server after a typed confirmation. */
export const revokeEverything = command(
  { role: 'admin', path, takes: [before, form] },
  async (operator, _, fields): Promise<RevokeAllState> => {
    if (fields.text('confirmation').trim().toLowerCase() !== confirmation) {
      return { problem: `Type “${confirmation}” to go on.`, message: null }
    }
    const reach = await commitBy(operator, {}, (describe, actor, at) => {
      const one = describe('grant.revoked', { reason: { kind: 'revoked-by-person' } })
      return revokeAllGrants(at, actor, {
        all: (all) => describe('grants.revoked', { ...all }),
        one: ({ id, clientId }) => ({ ...one, grantId: id, clientId }),
      })
    })
    if (!reach) return { problem: null, message: 'There was no connection to revoke.' }
    return { problem: null, message: wordsOf(reach) }
  },
)
