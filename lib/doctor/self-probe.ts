import 'server-only'
import { env } from '@/lib/config/env'
import type { Probe } from '@/lib/diagnosis/facts'
import { processWide } from '@/lib/process-wide'
import { stopping } from '@/lib/runtime/stopping'
import { ask } from './ask'
import { newProbeStamp, probeStampHeader } from './probe-stamp'
import { questionsFor } from './questions'
import { addressesOf } from './resolve'
import { checkTls, neededServers, type TlsServer } from './tls-check'

/** Claude's own timeout. */
const timeoutMs = 10_000

/**
 * Probes this server through its public address as Claude does, but from this machine: a local router or
 * private DNS affects the result. Takes a few seconds at most.
 *
 * @param at milliseconds since the epoch
 * @param more headers for each request
 * @param servers other servers that this one needs, whose certificates are checked too
 */
export async function probeSelf(
  origin: string,
  mcpUrl: string,
  at: number,
  more: Readonly<Record<string, string>> = {},
  servers: readonly TlsServer[] = [],
): Promise<Probe> {
  const patience = { timeoutMs, signal: stopping }
  const questions = questionsFor(origin, mcpUrl).map((question) => ({
    ...question,
    headers: { ...question.headers, ...more },
  }))
  const [addresses, answers, others] = await Promise.all([
    addressesOf(new URL(origin).hostname, timeoutMs),
    Promise.all(questions.map((question) => ask(question, patience))),
    checkTls(servers, timeoutMs),
  ])
  return { at, origin, addresses, answers, others }
}

type Held = { last: Probe | null; running: Promise<Probe> | null }

const held = processWide('self-probe', (): Held => ({ last: null, running: null }))

/** The newest probe of this process, or `null`. */
export const lastProbe = (): Probe | null => held.last

/** Probes again; concurrent callers share one probe. */
export function probeAgain(): Promise<Probe> {
  const { origin, mcpUrl } = env()
  const at = Date.now()
  const stamp = { [probeStampHeader]: newProbeStamp(at) }
  held.running ??= probeSelf(origin, mcpUrl, at, stamp, neededServers())
    .then((probe) => {
      held.last = probe
      return probe
    })
    .finally(() => {
      held.running = null
    })
  return held.running
}
