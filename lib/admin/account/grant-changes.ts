import 'server-only'
import { commitBy } from '@/lib/auth/exchange'
import type { Person } from '@/lib/auth/session'
import { shownText } from '@/lib/oauth/shown-text'
import { type PauseChange, pauseGrant, renameGrant } from '@/lib/store/grants/changes'
import { revokeGrant } from '@/lib/store/grants/grants'
import type { ListedGrant } from '@/lib/store/grants/list'

/** The longest name that a connection may be given, in characters. */
const longestLabel = 60

const idsOf = ({ id, clientId }: ListedGrant) => ({ grantId: id, clientId })

/** Revokes a connection: its tokens are refused from the next request on. @returns whether it was live */
export const revokeConnectionOf = (person: Person, grant: ListedGrant): Promise<boolean> =>
  commitBy(person, idsOf(grant), (describe, actor, at) => {
    const event = describe('grant.revoked', { reason: { kind: 'revoked-by-person' } })
    return revokeGrant(grant.id, 'person', at, [event], actor)
  })

/** Pauses or resumes a connection. @returns whether its state changed */
export const pauseConnectionOf = (
  person: Person,
  grant: ListedGrant,
  turn: PauseChange,
): Promise<boolean> =>
  commitBy(person, idsOf(grant), (describe, actor, at) => {
    const name = turn.to === 'paused' ? 'grant.paused' : 'grant.resumed'
    const event = describe(name, { clientName: grant.clientName })
    return pauseGrant(grant.id, turn, at, actor, [event])
  })

/** Renames a connection. @returns the old name, `undefined` when nothing changed */
export const renameConnectionOf = (
  person: Person,
  grant: ListedGrant,
  text: string,
): Promise<string | null | undefined> =>
  commitBy(person, idsOf(grant), (describe, actor) => {
    // `null` restores the client's name
    const label = shownText(text, longestLabel) || null
    const detail = { clientName: grant.clientName, ...(label ? { label } : {}) }
    return renameGrant(grant.id, label, actor, [describe('grant.renamed', detail)])
  })
