import 'server-only'
import type { Probe } from '@/lib/diagnosis/facts'
import { processWide } from '@/lib/process-wide'
import { stopping } from '@/lib/runtime/stopping'
import { ask } from './ask'
import { newProbeStamp, probeStampHeader } from './probe-stamp'
import { questionsFor } from './questions'
import { addressesOf } from './resolve'
import { checkTls, type TlsServer } from './tls-check'

/** As long as Claude waits. */
const timeoutMs = 10_000

/**
 * Looks at this server through its public address as Claude does, from here: what a router or a
 * private name server makes of that address is seen, too. It takes some seconds at most.
 *
 * @param at milliseconds since the epoch
 * @param more headers that each question is sent with
 * @param servers others that this one needs, whose certificates are looked at, too
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

/** The newest look; `null` while there was none in this process. */
export const lastProbe = (): Probe | null => held.last

/** Looks again; who asks while it is being looked gets the same answer. */
export function probeAgain(
  origin: string,
  mcpUrl: string,
  servers: readonly TlsServer[] = [],
): Promise<Probe> {
  const at = Date.now()
  held.running ??= probeSelf(origin, mcpUrl, at, { [probeStampHeader]: newProbeStamp(at) }, servers)
    .then((probe) => {
      held.last = probe
      return probe
    })
    .finally(() => {
      held.running = null
    })
  return held.running
}
