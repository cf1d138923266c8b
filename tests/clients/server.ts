import { randomBytes } from 'node:crypto'
import type { HandshakeRow } from '@/lib/admin/handshake-views'
import type { EventRow } from '@/lib/admin/views'
import { buildIfNeeded } from '@/lib/cli/build.mjs'
import { type Operator, signIn } from '../support/operator'
import { untilHandshakes } from '../support/operator-handshakes'
import { readLog } from '../support/operator-log'
import { launch } from '../support/portico-process'
import { type ServerClock, serverClock } from '../support/server-clock'
import { receiveWebhooks } from '../support/webhook-receiver'
import { serveCodexDocument } from './codex-document'
import { type Person, personAt } from './person'

/** A Portico of the working copy on a person's own machine, behind no proxy. */
export type Server = {
  readonly origin: string
  readonly mcpUrl: string
  readonly person: Person
  readonly operator: Operator
  readonly clock: ServerClock
  /** all handshakes, oldest first, as they stand now */
  handshakes(): Promise<HandshakeRow[]>
  /** waits until they are as they should be */
  until(isThere: (rows: readonly HandshakeRow[]) => boolean): Promise<HandshakeRow[]>
  /** what stands in the log after the event with this id */
  eventsAfter(id: string): Promise<EventRow[]>
  /** what the operator was alerted of, in the order it came */
  alerts(): string[]
  close(): Promise<void>
}

const patienceMs = 60_000

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
  const until: Server['until'] = (isThere) => untilHandshakes(operator, isThere, {}, patienceMs)
  return {
    origin,
    mcpUrl: `${origin}/mcp`,
    person: personAt(origin),
    operator,
    clock,
    until,
    handshakes: () => until(() => true),
    eventsAfter: async (id) =>
      (await readLog(operator)).filter((event) => Number(event.id) > Number(id)),
    alerts: () => receiver.posted.map(({ body }) => String((JSON.parse(body) as Told).text)),
    close: async () => {
      await portico.stop()
      clock.remove()
      await Promise.all([receiver.close(), documents.close()])
    },
  }
}

type Told = { readonly text?: unknown }
