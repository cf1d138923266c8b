import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { admin } from '../server/portico-process'
import { chanceFrom, type Knowledge, nextShot, type Shot } from './flood-shots'

/** The result of a flood. */
export type Flooded = {
  /** number of answers by kind, then by status; 0 stands for none */
  readonly answers: ReadonlyMap<string, ReadonlyMap<number, number>>
  readonly seconds: number
}

/** Every request is answered or lost by then. */
const timeoutMs = 30_000
/** What a stranger keeps of an answer. */
const maxStored = 4096

type Answer = {
  readonly status: number
  readonly text: string
  readonly cookies: readonly string[]
}

/** Sends one request. @returns its answer; status 0 if there was none */
function send(origin: URL, agent: Agent, { method, path, headers, body }: Shot): Promise<Answer> {
  return new Promise((resolve) => {
    const none = () => resolve({ status: 0, text: '', cookies: [] })
    const { hostname, port } = origin
    const sent = request({ hostname, port, agent, method, path, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        if (text.length < maxStored) text += part
      })
      const status = response.statusCode ?? 0
      const cookies = response.headers['set-cookie'] ?? []
      response.on('end', () => resolve({ status, text, cookies })).on('error', none)
      // a stream would never end
      if (/event-stream/.test(response.headers['content-type'] ?? '')) response.destroy()
      response.on('close', () => resolve({ status, text, cookies }))
    })
    sent.setTimeout(timeoutMs, () => sent.destroy()).on('error', none)
    sent.end(body)
  })
}

async function learn(origin: URL, agent: Agent): Promise<Knowledge> {
  const shot = { kind: 'csrf', method: 'GET', path: '/api/auth/csrf', headers: {} }
  const { text, cookies } = await send(origin, agent, shot)
  const cookie = cookies.map((line) => line.split(';', 1)[0]).join('; ')
  const { csrfToken: token } = JSON.parse(text) as { csrfToken: string }
  return { clientIds: [], csrf: { token, cookie }, email: admin.email }
}

function remember({ clientIds }: Knowledge, { kind }: Shot, { status, text }: Answer): void {
  if (kind !== 'registration' || status !== 201) return
  const id = /"client_id":"([^"]+)"/.exec(text)?.[1]
  if (id) clientIds.push(id)
}

/**
 * Sends requests of mixed kinds to a local server, as hostile strangers do. The seed
 * determines them.
 *
 * @param bounds the limit: number of requests, or seconds
 * @throws {TypeError} if the server is not on this machine
 */
export async function flood(
  server: string,
  bounds: { readonly requests: number; readonly seconds: number },
  { atOnce = 32, seed = 1 } = {},
): Promise<Flooded> {
  const origin = new URL(server)
  if (!['localhost', '127.0.0.1', '[::1]'].includes(origin.hostname)) {
    throw new TypeError('a flood may only target this machine')
  }
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  const knowledge = await learn(origin, agent)
  const chance = chanceFrom(seed)
  const answers = new Map<string, Map<number, number>>()
  const began = Date.now()
  let left = bounds.requests
  const isOver = () => left <= 0 || Date.now() - began > bounds.seconds * 1000
  const one = async () => {
    while (!isOver()) {
      left -= 1
      const shot = nextShot(chance, knowledge)
      const outcome = await send(origin, agent, shot)
      remember(knowledge, shot, outcome)
      const ofKind = answers.get(shot.kind) ?? new Map<number, number>()
      answers.set(shot.kind, ofKind.set(outcome.status, (ofKind.get(outcome.status) ?? 0) + 1))
      await sleep(0)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, one))
  agent.destroy()
  return { answers, seconds: (Date.now() - began) / 1000 }
}

/** The number of answers whose status satisfies a predicate. */
export const countAnswers = (
  { answers }: Flooded,
  isOne: (status: number, kind: string) => boolean,
): number =>
  [...answers].reduce(
    (sum, [kind, statuses]) =>
      sum +
      [...statuses].reduce((of, [status, count]) => of + (isOne(status, kind) ? count : 0), 0),
    0,
  )
