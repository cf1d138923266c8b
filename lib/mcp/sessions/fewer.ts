import 'server-only'
import { processWide } from '@/lib/process-wide'
import { afterAnswer } from '@/lib/runtime/after'
import { complain } from '@/lib/store/database/availability'
import { deleteLeastUsed } from '@/lib/store/mcp/sessions'

/**
 * Hosted Claude opens a session for every call, and a client may open as many as it likes: of each
 * grant the last used ones are kept, and it is looked whenever so many more have been opened here.
 */
const kept = { most: 1000, lookEvery: 250 }
/** Grants that are counted at a time; one that is forgotten begins anew. */
const mostCounted = 10_000

const opened = processWide('mcp-sessions-opened', () => new Map<string, number>())

/** Counts a session that was opened; every now and then the least used of its grant are deleted. */
export function countOpened(grantId: string): void {
  const count = (opened.get(grantId) ?? 0) + 1
  opened.delete(grantId)
  if (count < kept.lookEvery) {
    if (opened.size >= mostCounted) opened.delete(opened.keys().next().value ?? '')
    opened.set(grantId, count)
    return
  }
  afterAnswer(() =>
    deleteLeastUsed(grantId, kept.most).catch((error) => complain('old sessions', error)),
  )
}
