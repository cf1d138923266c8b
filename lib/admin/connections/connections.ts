import 'server-only'
import {
  pauseConnectionOf,
  renameConnectionOf,
  revokeConnectionOf,
} from '@/lib/admin/account/grant-changes'
import { listed } from '@/lib/admin/list'
import { done, type Outcome, refused } from '@/lib/admin/outcome'
import { pageSize } from '@/lib/admin/paging'
import { command } from '@/lib/auth/declared'
import type { Person } from '@/lib/auth/session'
import { text, texts } from '@/lib/http/sent'
import type { Turn } from '@/lib/store/grants/changes'
import { findGrant, type ListedGrant, listGrants } from '@/lib/store/grants/list'
import { toConnectionRows } from './rows'

const path = '/admin/connections'

/** All connections: who allowed what, and when each was last used. */
export const listConnections = listed(
  { role: 'viewer', path },
  async (person, { q, state, client, user }, slice) => {
    const filter = { text: q, state, clientId: client, userId: user }
    return toConnectionRows(person, await listGrants(filter, slice))
  },
)

/** Revokes a connection: its tokens are refused from the next request on. */
export const revokeConnection = command(
  { role: 'operator', path, takes: [text] },
  async (operator, id) => {
    const grant = await findGrant(id)
    const isRevoked = grant && (await revokeConnectionOf(operator, grant))
    return isRevoked
      ? done(`The connection of ${grant.clientName} is revoked`)
      : refused('This connection is already revoked')
  },
)

const turn = async (operator: Person, id: string, to: Turn['to']): Promise<ListedGrant | null> => {
  const grant = await findGrant(id)
  return grant && (await pauseConnectionOf(operator, grant, { to })) ? grant : null
}

/** Pauses a connection: its tokens are refused but kept. */
export const pauseConnection = command(
  { role: 'operator', path, takes: [text] },
  async (operator, id) => {
    const paused = await turn(operator, id, 'paused')
    if (!paused) return refused('Only an active connection can be paused')
    const kept = 'its tokens are refused, and kept until you resume it'
    return done(`${paused.clientName} is paused: ${kept}`)
  },
)

/** Resumes a paused connection with the tokens it has. */
export const resumeConnection = command(
  { role: 'operator', path, takes: [text] },
  async (operator, id) => {
    const resumed = await turn(operator, id, 'active')
    return resumed
      ? done(`${resumed.clientName} is resumed: its tokens work again`)
      : refused('This connection is no longer paused')
  },
)

/** The result of a rename; `before` is the name for undo. */
export type RenameOutcome = Outcome & { readonly before: string | null }

/** Renames a connection; an empty name restores the client's. */
export const renameConnection = command(
  { role: 'operator', path, takes: [text, text] },
  async (operator, id, label): Promise<RenameOutcome> => {
    const grant = await findGrant(id)
    const before = grant ? await renameConnectionOf(operator, grant, label) : undefined
    return before === undefined
      ? { ...refused('It has this name already'), before: null }
      : { ...done('The connection is renamed'), before }
  },
)

/** The changes to several connections at once, with their messages. */
const bulk = {
  pause: 'paused: their tokens are refused, and kept until you resume them',
  resume: 'resumed: their tokens work again',
  revoke: 'revoked',
} as const
export type BulkChange = keyof typeof bulk

/** Parses an untrusted change from the browser. */
const bulkChange = (sent: BulkChange): BulkChange | null =>
  typeof sent === 'string' && Object.hasOwn(bulk, sent) ? sent : null

/**
 * Applies a change to several connections, at most a page, each in its own transaction; skips those it
 * does not apply to, such as revoked ones.
 */
export const changeConnections = command(
  { role: 'operator', path, takes: [texts, bulkChange] },
  async (operator, ids, change) => {
    if (change === null) return refused('This cannot be done')
    let changed = 0
    for (const id of new Set(ids.slice(0, pageSize))) {
      const grant = await findGrant(id)
      if (!grant) continue
      const isDone =
        change === 'revoke'
          ? await revokeConnectionOf(operator, grant)
          : await pauseConnectionOf(operator, grant, {
              to: change === 'pause' ? 'paused' : 'active',
            })
      if (isDone) changed += 1
    }
    if (changed === 0) return refused('None of them could be changed')
    return done(
      `${changed === 1 ? '1 connection is' : `${changed} connections are`} ${bulk[change]}`,
    )
  },
)
