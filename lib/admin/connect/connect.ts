import 'server-only'
import { findingsOf } from '@/lib/admin/handshakes/findings'
import { toHandshakeRows } from '@/lib/admin/handshakes/rows'
import { viewHandshake } from '@/lib/admin/handshakes/view'
import type { HandshakeRow } from '@/lib/admin/handshakes/views'
import { addressOf } from '@/lib/admin/paging'
import { query } from '@/lib/auth/declared'
import { includesRole, type Person } from '@/lib/auth/session'
import { env } from '@/lib/config/env'
import { joinNow } from '@/lib/recorder/joiner'
import { listHandshakes, newestChange } from '@/lib/store/handshakes/handshakes'
import { settings } from '@/lib/store/settings/current'
import type { ConnectAttempt, ConnectView } from './view'

/** How long before the page was opened an attempt may have begun that is still followed. */
const runningForMs = 10 * 60_000
const looksAt = 20

/**
 * The attempt that the checklist follows: the newest since the page was opened. A connection is not
 * hidden by a request that names no client, such as a probe; and before anything has come, an
 * attempt that was under way already is as good.
 *
 * @param rows newest first
 */
function followed(rows: readonly HandshakeRow[], since: string): HandshakeRow | null {
  const own = rows.filter(({ startedAt }) => startedAt >= since)
  const connected = own.find(({ verdict }) => /^(connected|degraded)$/.test(verdict.kind))
  const [newest] = own
  if (newest) return newest.clientId === null ? (connected ?? newest) : newest
  return rows.find(({ verdict }) => verdict.kind === 'in-progress') ?? null
}

async function attemptSince(person: Person, since: Date): Promise<ConnectAttempt | null> {
  const from = new Date(since.getTime() - runningForMs)
  const rows = await toHandshakeRows(person, await listHandshakes({ from }, looksAt))
  const row = followed(rows, since.toISOString())
  const view = row && (await viewHandshake(person, row.id))
  if (!view) return null
  const isInTrouble = !/^(connected|signed-in|in-progress)$/.test(view.row.verdict.kind)
  const findings = isInTrouble ? await findingsOf(person, view.handshake, Date.parse(view.now)) : []
  const { row: shown, stages } = view
  return { row: shown, stages, finding: findings[0] ?? null }
}

/** A moment that a browser names, no later than now and no more than a day ago. */
function openedAt(since: string | undefined, now: Date): Date {
  const named = /^\d{10,15}$/.test(since ?? '') ? Number(since) : now.getTime()
  return new Date(Math.min(now.getTime(), Math.max(named, now.getTime() - 86_400_000)))
}

/** How the page that connects a client is asked for. */
type ConnectQuery = {
  readonly client?: string
  /** milliseconds since the epoch: when the page was first opened */
  readonly since?: string
}

/** What the page that connects a client shows. */
export const readConnect = query(
  { role: 'viewer', path: ({ client }: ConnectQuery) => addressOf('/admin/connect')({ client }) },
  async (operator, { since }): Promise<ConnectView> => {
    await joinNow()
    const now = new Date()
    const opened = openedAt(since, now)
    const cursor = String((await newestChange()).getTime())
    return {
      mcpUrl: env().mcpUrl,
      serverName: settings().serverName,
      mayMakeClients: includesRole(operator.role, 'admin'),
      since: opened.toISOString(),
      now: now.toISOString(),
      attempt: await attemptSince(operator, opened),
      stream: {
        href: `/admin/handshakes/stream?from=${new Date(opened.getTime() - runningForMs).toISOString()}`,
        cursor,
      },
    }
  },
)
