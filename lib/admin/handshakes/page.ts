import 'server-only'
import type { FindingRow } from '@/lib/admin/finding-row'
import { query } from '@/lib/auth/declared'
import { includesRole, type Person } from '@/lib/auth/session'
import { env } from '@/lib/config/env'
import { assemble } from '@/lib/handshake/assemble'
import { type ReportContext, reportMarkdown } from '@/lib/handshake/report-markdown'
import { supportReport } from '@/lib/handshake/support-report'
import { joinNow } from '@/lib/recorder/joiner'
import { version } from '@/lib/runtime/version'
import { handshakesOfEvents } from '@/lib/store/handshakes/counts'
import { toStageViews } from './rows'
import { type ShareRow, sharesOf } from './shares'
import { findingsOf, isHandshakeId, viewHandshake } from './view'
import type { HandshakeData } from './views'

/** A handshake as judged at a time. */
export type JudgedHandshake = {
  readonly view: HandshakeData
  /** likeliest first */
  readonly findings: readonly FindingRow[]
  /** Markdown, redacted */
  readonly report: string
  /** prefilled for Anthropic's support, redacted */
  readonly supportReport: string
}

/** A handshake with everything its page shows and exports. */
export type HandshakePage = JudgedHandshake & {
  /** the judgement when the pending step is due, if nothing happens; `null` without a pending step */
  readonly ahead: JudgedHandshake | null
  readonly shares: readonly ShareRow[]
  /** whether the reader may share it */
  readonly mayShare: boolean
}

/** The server and time of a report. @param now milliseconds since the epoch */
export const reportContext = (now: number): ReportContext => ({
  mcpUrl: env().mcpUrl,
  version,
  now,
})

async function judged(person: Person, view: HandshakeData, at: number): Promise<JudgedHandshake> {
  const { handshake } = view
  const findings = await findingsOf(person, handshake, at)
  const context = reportContext(at)
  return {
    view,
    findings,
    report: reportMarkdown(handshake, findings, context),
    supportReport: supportReport(handshake, findings, context),
  }
}

/** The view at a later time, if nothing happens until then. */
function viewAhead(view: HandshakeData, at: number): HandshakeData {
  const { id, retryOf, events, identification } = view.handshake
  const { handshake, standing } = assemble({ id, retryOf, events }, identification, at)
  const { verdict, stage, unused } = standing
  const verdictAt = new Date(standing.since).toISOString()
  return {
    ...view,
    row: { ...view.row, verdict, verdictAt, stage, unused },
    stages: toStageViews(handshake),
    handshake,
  }
}

/** One handshake in its current state, or `null`. */
export const readHandshakePage = query(
  { role: 'viewer', path: (id: string) => `/admin/handshakes/${id}` },
  async (person, id): Promise<HandshakePage | null> => {
    if (!isHandshakeId(id)) return null
    await joinNow()
    const view = await viewHandshake(person, id)
    if (!view) return null
    const { verdict, dueAt } = view.row
    const due = verdict.kind === 'in-progress' && dueAt !== null ? Date.parse(dueAt) : null
    return {
      ...(await judged(person, view, Date.parse(view.now))),
      ahead: due === null ? null : await judged(person, viewAhead(view, due), due),
      shares: await sharesOf(person, id),
      mayShare: includesRole(person.role, 'operator'),
    }
  },
)

/** The handshake that an event is part of, or `null`. @param eventId a decimal string */
export const handshakeOfEvent = query(
  { role: 'viewer', path: (eventId: string) => `/admin/handshakes/of/${eventId}` },
  async (_, eventId): Promise<string | null> => {
    if (!/^\d{1,18}$/.test(eventId)) return null
    await joinNow()
    return (await handshakesOfEvents([BigInt(eventId)])).get(eventId) ?? null
  },
)
