import 'server-only'
import type { IncomingHttpHeaders } from 'node:http'
import { env } from '@/lib/config/env'
import { type Forwarding, hopsFault, hopsSentence, maxEntries } from '@/lib/diagnosis/forwarding'
import { isProbeStamp, probeStampHeader } from '@/lib/doctor/probe-stamp'
import { lastProbe } from '@/lib/doctor/self-probe'
import { otherName, trustedHeaders } from '@/lib/http/asked-name'
import { processWide } from '@/lib/process-wide'
import { logError, logWarning } from '@/lib/runtime/log'
import { stopping } from '@/lib/runtime/stopping'
import { startedAt } from '@/lib/runtime/version'
import { readSetting, writeSetting } from '@/lib/store/settings/settings'

type Seen = {
  own: Forwarding['own']
  readonly others: number[]
  otherHeader: boolean
  /** the last finding, to log it only once */
  judged: string
  /** whether something is stored across restarts */
  isKept: boolean
  timer: NodeJS.Timeout | null
}

const seen = processWide(
  'forwarding',
  (): Seen => ({
    own: null,
    others: new Array<number>(maxEntries + 1).fill(0),
    otherHeader: false,
    judged: 'null',
    isKept: false,
    timer: null,
  }),
)

/** What was seen of how requests reach this process and earlier ones. */
export const forwardingSeen = (): Forwarding => seen

const settingKey = 'forwarding'
/** How long to wait for the self-probe, which reveals more than other requests. */
const lookMs = 15_000
const judgeAfterMs = 1000

const entriesOf = (value: string | string[] | undefined): number =>
  String(value ?? '')
    .split(',')
    .filter((entry) => entry.trim() !== '').length

/** Whether a proxy names the sender in another header than `X-Forwarded-For`. */
const hasOtherHeader = (headers: IncomingHttpHeaders): boolean =>
  headers['x-real-ip'] !== undefined || headers.forwarded !== undefined

function noticeOwn(headers: IncomingHttpHeaders, entries: number): void {
  const { host, protocol } = new URL(env().origin)
  const proxied = protocol === 'https:' || headers.host !== host || hasOtherHeader(headers)
  const trusted = trustedHeaders((name) => headers[name]?.toString(), env().proxyHops)
  const named = otherName(trusted, [env().origin]) ?? undefined
  const { own } = seen
  if (own?.entries === entries && own.proxied === proxied && own.askedAt === named) return
  seen.own = { entries, proxied, askedAt: named }
  judgeSoon()
}

/** A path that health checks request directly, without the proxies. */
const isCheck = (path: string): boolean => path === '/healthz' || path === '/readyz'

/**
 * Notes how a request reached this process, before it is handled. It reads only the headers, and the
 * result is only a hint: no request is treated differently.
 *
 * @param headers as they arrived
 * @param path without the query
 */
export function noticeForwarding(headers: IncomingHttpHeaders, path: string): void {
  if (isCheck(path)) return
  const entries = Math.min(maxEntries, entriesOf(headers['x-forwarded-for']))
  const stamp = headers[probeStampHeader]
  if (typeof stamp === 'string' && isProbeStamp(stamp, Date.now())) {
    noticeOwn(headers, entries)
    return
  }
  seen.others[entries] = (seen.others[entries] ?? 0) + 1
  const isFirst = seen.others[entries] === 1
  const tellsOther = entries === 0 && hasOtherHeader(headers) && !seen.otherHeader
  if (tellsOther) seen.otherHeader = true
  if (isFirst || tellsOther) judgeSoon()
}

/** Stores what was seen, if something is wrong or an earlier state is stored. */
function keep(): void {
  const { own, others, otherHeader } = seen
  seen.isKept = true
  writeSetting(settingKey, JSON.stringify({ own, others, otherHeader })).catch((error: Error) =>
    logError(`what proxies do was not kept: ${error.message}`),
  )
}

/** Logs what is wrong, once. */
function judge(): void {
  const isEarly = !lastProbe() && Date.now() - startedAt().getTime() < lookMs
  if (isEarly) {
    judgeSoon()
    return
  }
  const { origin, proxyHops } = env()
  const fault = hopsFault(seen, { origin, proxyHops })
  const about = JSON.stringify(fault)
  if (about === seen.judged || stopping.aborted) return
  seen.judged = about
  if (fault) logWarning(`proxies: ${hopsSentence(fault, proxyHops)}`)
  if (fault || seen.isKept) keep()
}

function judgeSoon(): void {
  seen.timer ??= setTimeout(() => {
    seen.timer = null
    judge()
  }, judgeAfterMs).unref()
}

/**
 * Loads what earlier starts have seen, so that a fault that persists is logged at this start too, even
 * before a request shows it.
 */
export async function recallForwarding(): Promise<void> {
  const kept = await readSetting(settingKey)
  if (kept === null) return
  const { own, others, otherHeader } = JSON.parse(kept) as Forwarding
  seen.isKept = true
  seen.own ??= own
  seen.otherHeader ||= otherHeader
  others.forEach((count, entries) => {
    seen.others[entries] = (seen.others[entries] ?? 0) + count
  })
  judgeSoon()
}
