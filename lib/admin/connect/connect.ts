import 'server-only'
import { toHandshakeRows } from '@/lib/admin/handshakes/rows'
import { findingsOf, viewHandshake } from '@/lib/admin/handshakes/view'
import type { HandshakeRow } from '@/lib/admin/handshakes/views'
import { addressOf } from '@/lib/admin/paging'
import { query } from '@/lib/auth/declared'
import { includesRole, type Person } from '@/lib/auth/session'
import { env } from '@/lib/config/env'
import { joinNow } from '@/lib/recorder/joiner'
import { listStoredHandshakes, newestChange } from '@/lib/store/handshakes/handshakes'
import { currentSettings } from '@/lib/store/settings/current'

/** How long before the page was opened a followed attempt may have started. */
const runningForMs = 10 * 60_000
const mostAttempts = 20

/**
 * The attempt that the checklist follows: the newest since the page was opened. A request without a
 * client, such as a probe, does not hide a connection. Without any, it follows an attempt that was
 * already in progress.
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

/** The followed attempt with its progress and, if it failed, the likeliest cause. */
async function attemptSince(person: Person, since: Date) {
  const from = new Date(since.getTime() - runningForMs)
  const rows = await toHandshakeRows(person, await listStoredHandshakes({ from }, mostAttempts))
  const row = followed(rows, since.toISOString())
  const view = row && (await viewHandshake(person, row.id))
  if (!view) return null
  const isInTrouble = !/^(connected|signed-in|in-progress)$/.test(view.row.verdict.kind)
  const findings = isInTrouble ? await findingsOf(person, view.handshake, Date.parse(view.now)) : []
  const { row: shown, stages } = view
  return { row: shown, stages, finding: findings[0] ?? null }
}

/** A time from the browser, limited to the last 24 hours. */
function openedAt(since: string | undefined, now: Date): Date {
  const named = /^\d{10,15}$/.test(since ?? '') ? Number(since) : now.getTime()
  return new Date(Math.min(now.getTime(), Math.max(named, now.getTime() - 86_400_000)))
}

/** The query of the page that connects a client. */
type ConnectQuery = {
  readonly client?: string
  /** milliseconds since the epoch: when the page was first opened */
  readonly since?: string
}

/** What the page that connects a client shows. */
export const readConnect = query(
  { role: 'viewer', path: ({ client }: ConnectQuery) => addressOf('/admin/connect')({ client }) },
  async (operator, { since }) => {
    await joinNow()
    const now = new Date()
    const opened = openedAt(since, now)
    const cursor = String((await newestChange()).getTime())
    return {
      mcpUrl: env().mcpUrl,
      serverName: currentSettings().serverName,
      mayMakeClients: includesRole(operator.role, 'admin'),
      /** only attempts since then, or in progress then, are followed; ISO 8601 */
      since: opened.toISOString(),
      attempt: await attemptSince(operator, opened),
      /** the stream to follow attempts with, and where to start */
      stream: {
        href: `/admin/handshakes/stream?from=${new Date(opened.getTime() - runningForMs).toISOString()}`,
        cursor,
      },
    }
  },
)

export type ConnectData = Awaited<ReturnType<typeof readConnect>>

/** An attempt to connect, with its progress. */
export type ConnectAttempt = NonNullable<ConnectData['attempt']>
