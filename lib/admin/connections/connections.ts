import 'server-only'
import {
  pauseConnectionOf,
  renameConnectionOf,
  revokeConnectionOf,
} from '@/lib/admin/account/grant-changes'
import { listed } from '@/lib/admin/list'
import { type ActionResult, done, refused } from '@/lib/admin/outcome'
import { pageSize } from '@/lib/admin/paging'
import { command } from '@/lib/auth/declared'
import type { Person } from '@/lib/auth/session'
import { sentText, sentTexts } from '@/lib/http/sent'
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

/** The changes to a connection. @returns whether it changed: not where it does not apply */
const changes = {
  pause: (person: Person, grant: ListedGrant) => pauseConnectionOf(person, grant, { to: 'paused' }),
  resume: (person: Person, grant: ListedGrant) =>
    pauseConnectionOf(person, grant, { to: 'active' }),
  revoke: revokeConnectionOf,
}
export type BulkChange = keyof typeof changes

/** Changes one connection. @param words on its client, and `none` if it does not apply */
const change = (kind: BulkChange, words: (clientName: string) => string, none: string) =>
  command({ role: 'operator', path, takes: [sentText] }, async (operator, id) => {
    const grant = await findGrant(id)
    const isDone = grant && (await changes[kind](operator, grant))
    return isDone ? done(words(grant.clientName)) : refused(none)
  })

/** Revokes a connection: its tokens are refused from the next request on. */
export const revokeConnection = change(
  'revoke',
  (clientName) => `The connection of ${clientName} is revoked`,
  'This connection is already revoked',
)

/** Pauses a connection: its tokens are refused but kept. */
export const pauseConnection = change(
  'pause',
  (clientName) => `${clientName} is paused: its tokens are refused, and kept until you resume it`,
  'Only an active connection can be paused',
)

/** Resumes a paused connection with the tokens it has. */
export const resumeConnection = change(
  'resume',
  (clientName) => `${clientName} is resumed: its tokens work again`,
  'This connection is no longer paused',
)

/** The result of a rename; `before` is the name for undo. */
export type RenameOutcome = ActionResult & { readonly before: string | null }

/** Renames a connection; an empty name restores the client's. */
export const renameConnection = command(
  { role: 'operator', path, takes: [sentText, sentText] },
  async (operator, id, label): Promise<RenameOutcome> => {
    const grant = await findGrant(id)
    const before = grant ? await renameConnectionOf(operator, grant, label) : undefined
    return before === undefined
      ? { ...refused('It has this name already'), before: null }
      : { ...done('The connection is renamed'), before }
  },
)

/** The messages for several connections at once. */
const bulk: Readonly<Record<BulkChange, string>> = {
  pause: 'paused: their tokens are refused, and kept until you resume them',
  resume: 'resumed: their tokens work again',
  revoke: 'revoked',
}

/** Parses an untrusted change from the browser. */
const bulkChange = (sent: BulkChange): BulkChange | null =>
  typeof sent === 'string' && Object.hasOwn(bulk, sent) ? sent : null

/**
 * Applies a change to several connections, at most a page, each in its own transaction; skips those it
 * does not apply to, such as revoked ones.
 */
export const changeConnections = command(
  { role: 'operator', path, takes: [sentTexts, bulkChange] },
  async (operator, ids, kind) => {
    if (kind === null) return refused('This cannot be done')
    let changed = 0
    for (const id of new Set(ids.slice(0, pageSize))) {
      const grant = await findGrant(id)
      if (grant && (await changes[kind](operator, grant))) changed += 1
    }
    if (changed === 0) return refused('None of them could be changed')
    return done(`${changed === 1 ? '1 connection is' : `${changed} connections are`} ${bulk[kind]}`)
  },
)
