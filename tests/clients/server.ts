import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HandshakeRow } from '@/lib/admin/handshakes/views'
import type { EventRow } from '@/lib/admin/views'
import { buildIfNeeded } from '@/lib/cli/build.mjs'
import { exported } from '../support/people/exported'
import { type Operator, signIn } from '../support/people/operator'
import { readLog } from '../support/people/operator-log'
import { receiveWebhooks } from '../support/receivers/webhook-receiver'
import { launch } from '../support/server/portico-process'
import { type ServerClock, serverClock } from '../support/server/server-clock'
import { serveCodexDocument } from './codex-document'
import { type Person, personAt } from './person'

/** A Portico of the working copy on a person's own machine, behind no proxy. */
export type Server = {
  readonly origin: string
  readonly mcpUrl: string
  readonly person: Person
  readonly operator: Operator
  readonly clock: ServerClock
  /** all handshakes, oldest first, as they stand when nothing has been recorded for a while */
  handshakes(): Promise<HandshakeRow[]>
  /** what stands in the log after the event with this id */
  eventsAfter(id: string): Promise<EventRow[]>
  /** what the operator was alerted of, in the order it came */
  alerts(): string[]
  close(): Promise<void>
}

const stillMs = 1500

/** Waits until a number has been the same for a while: what is asked is recorded a moment later. */
async function untilStill(read: () => Promise<number>): Promise<void> {
  for (let last = -1; ; await sleep(stillMs)) {
    const now = await read()
    if (now === last) return
    last = now
  }
}

/** Builds what has changed, and starts one. */
export async function startServer(): Promise<Server> {
  await buildIfNeeded()
  const [receiver, documents, clock] = [
    await receiveWebhooks('/hook'),
    await serveCodexDocument(),
    serverClock(),
  ]
  const portico = await launch({
    isFirst: true,
    env: {
      ...clock.env,
      ...documents.env,
      NODE_OPTIONS: `${clock.env.NODE_OPTIONS} ${documents.env.NODE_OPTIONS}`,
      PORTICO_ALERT_WEBHOOK_URL: receiver.url,
      PORTICO_ALERT_WEBHOOK_SECRET: `whsec_${randomBytes(32).toString('base64')}`,
    },
  })
  const { origin } = portico
  const operator = await signIn(origin)
  const log = () => readLog(operator)
  return {
    origin,
    mcpUrl: `${origin}/mcp`,
    person: personAt(origin),
    operator,
    clock,
    handshakes: async () => {
      await untilStill(async () => (await log()).length)
      const rows = await exported<HandshakeRow>(operator, 'handshakes')
      return rows.sort((a, b) => a.startedAt.localeCompare(b.startedAt))
    },
    eventsAfter: async (id) => (await log()).filter((event) => Number(event.id) > Number(id)),
    alerts: () => receiver.posted.map(({ body }) => String((JSON.parse(body) as Told).text)),
    close: async () => {
      await portico.stop()
      clock.remove()
      await Promise.all([receiver.close(), documents.close()])
    },
  }
}

type Told = { readonly text?: unknown }
