import 'server-only'
import { includesRole, requireOperator } from '@/lib/auth/session'
import { env } from '@/lib/env'
import { joinNow } from '@/lib/events/joiner'
import { type ReportContext, reportMarkdown } from '@/lib/handshake/report-markdown'
import { supportReport } from '@/lib/handshake/support-report'
import { version } from '@/lib/version'
import { findingsOf } from './findings'
import { viewHandshake } from './handshake-view'
import type { HandshakeView } from './handshake-views'
import { listShares, type ShareRow } from './shares'
import type { FindingRow } from './views'

/** One handshake with everything its page shows and hands out. */
export type HandshakePage = {
  readonly view: HandshakeView
  /** likeliest first */
  readonly findings: readonly FindingRow[]
  /** Markdown, redacted */
  readonly report: string
  /** prefilled for Anthropic's support, redacted */
  readonly supportReport: string
  readonly shares: readonly ShareRow[]
  /** whether whoever reads may share it */
  readonly mayShare: boolean
}

/** Where and when a report is written. @param now milliseconds since the epoch */
export const reportContext = (now: number): ReportContext => ({
  mcpUrl: env().mcpUrl,
  version,
  now,
})

/** One handshake as it stands now, or `null`. */
export async function readHandshakePage(id: string): Promise<HandshakePage | null> {
  const operator = await requireOperator('viewer', `/admin/handshakes/${id}`)
  await joinNow()
  const view = await viewHandshake(id)
  if (!view) return null
  const { handshake } = view
  const now = Date.parse(view.now)
  const findings = await findingsOf(handshake, now)
  const context = reportContext(now)
  return {
    view,
    findings,
    report: reportMarkdown(handshake, findings, context),
    supportReport: supportReport(handshake, findings, context),
    shares: await listShares(id),
    mayShare: includesRole(operator.role, 'operator'),
  }
}
