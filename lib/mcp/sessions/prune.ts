import 'server-only'
import { processWide } from '@/lib/process-wide'
import { afterAnswer } from '@/lib/runtime/after'
import { logFailure } from '@/lib/store/database/availability'
import { deleteLeastUsed } from '@/lib/store/mcp/sessions'

/**
 * Hosted Claude opens a session for every call, and a client may open any number. Each grant keeps
 * its most recently used sessions; the rest is deleted after every `pruneEvery` that open here.
 */
const limits = { most: 1000, pruneEvery: 250 }
/** Grants counted at a time; a forgotten one starts again at zero. */
const mostCounted = 10_000

const opened = processWide('mcp-sessions-opened', () => new Map<string, number>())

/** Counts an opened session; every so often, deletes the least recently used ones of its grant. */
export function countOpened(grantId: string): void {
  const count = (opened.get(grantId) ?? 0) + 1
  opened.delete(grantId)
  if (count < limits.pruneEvery) {
    if (opened.size >= mostCounted) opened.delete(opened.keys().next().value ?? '')
    opened.set(grantId, count)
    return
  }
  afterAnswer(() =>
    deleteLeastUsed(grantId, limits.most).catch((error) => logFailure('old sessions', error)),
  )
}
