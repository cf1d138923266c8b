import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { workshop } from './workshop'

/** A request that is sent again and again. */
export type Shot = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** what an answer must hold */
  readonly answers: string
}

/** What a load saw. */
export type Seen = {
  readonly perSecond: number
  /** milliseconds */
  readonly p50: number
  readonly p99: number
}

/** Of each load: so many requests may be under way when it ends. */
export const connections = 16
const quote = (text: string): string => `[==[${text}]==]`

/** Requests that can be sent once each: every answer supplies the next one of its family. */
export type Rotation = { readonly prefix: string; tokens: readonly string[] }

const rotating = ({ prefix, tokens }: Rotation): string => `
queue, head, tail = {${tokens.map(quote).join(',')}}, 1, ${tokens.length}
function setup(thread) worker = thread end
function request()
  local token = queue[head]
  queue[head] = nil; head = head + 1
  return wrk.format(nil, nil, nil, ${quote(prefix)} .. (token or "starved"))
end
function response(status, headers, body)
  local token = string.match(body, '"refresh_token"%s*:%s*"([^"]+)"')
  if token then tail = tail + 1; queue[tail] = token end
end
function left()
  local tokens, rest = worker:get("queue"), {}
  for _, token in pairs(tokens) do rest[#rest + 1] = '"' .. token .. '"' end
  io.write('\\nLEFT [' .. table.concat(rest, ',') .. ']\\n')
end
`

const summary = `
function done(s, l)
  if left then left() end
  io.write(string.format('\\nSEEN {"requests":%d,"us":%d,"p50":%d,"p99":%d,"refused":%d,"broken":%d}\\n',
    s.requests, s.duration, l:percentile(50), l:percentile(99), s.errors.status,
    s.errors.connect + s.errors.read + s.errors.write + s.errors.timeout))
end
`

function script(shot: Shot, rotation: Rotation | null): string {
  const headers = Object.entries(shot.headers).map(
    ([name, value]) => `wrk.headers[ ${quote(name)} ] = ${quote(value)}`,
  )
  const body = rotation ? rotating(rotation) : `wrk.body = ${quote(shot.body)}`
  return [`wrk.method = ${quote(shot.method)}`, ...headers, body, summary].join('\n')
}

/** A load that is under way. */
type Loading = { readonly generator: ChildProcess; readonly output: Promise<string> }

/** Begins to load a port for some seconds. */
function begin(port: number, shot: Shot, seconds: number, rotation: Rotation | null): Loading {
  const file = path.join(workshop.directory, `load-${port}.lua`)
  writeFileSync(file, script(shot, rotation))
  const flags = ['-t1', '-c', String(connections), '-d', `${seconds}s`, '--timeout', '10s']
  const url = `http://127.0.0.1:${port}${shot.path}`
  const generator = spawn('wrk', [...flags, '-s', file, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  generator.stdout.setEncoding('utf8').on('data', (chunk) => {
    text += chunk
  })
  // one whose turn it is not has been stopped, and would stay so for ever
  const end = () => generator.kill('SIGKILL')
  process.once('exit', end)
  const output = new Promise<string>((resolve, reject) => {
    generator.once('error', reject).once('close', (code) => {
      process.off('exit', end)
      rmSync(file)
      if (code === 0) resolve(text)
      else reject(new Error(`wrk ended with ${code}: ${text}`))
    })
  })
  return { generator, output }
}

/** What a generator counted. @throws {Error} when any answer was an error or none */
function counted(
  text: string,
  port: number,
): { requests: number; us: number } & Omit<Seen, 'perSecond'> {
  const seen = JSON.parse(/SEEN (.+)/.exec(text)?.[1] ?? '{}')
  if (!(seen.requests > 0) || seen.refused + seen.broken > 0) {
    throw new Error(
      `port ${port}: ${seen.refused} refused, ${seen.broken} broken of ${seen.requests}`,
    )
  }
  return { requests: seen.requests, us: seen.us, p50: seen.p50 / 1000, p99: seen.p99 / 1000 }
}

/**
 * Loads a port for some seconds. What is under way at the end is cut off, and its tokens with it.
 *
 * @param rotation loses the tokens that were spent and gains those that are left
 * @throws {Error} when any answer was an error or none
 */
export async function load(
  port: number,
  shot: Shot,
  seconds: number,
  rotation: Rotation | null = null,
): Promise<Seen> {
  const text = await begin(port, shot, seconds, rotation).output
  if (rotation) rotation.tokens = JSON.parse(/LEFT (.+)/.exec(text)?.[1] ?? '[]')
  const { requests, us, p50, p99 } = counted(text, port)
  return { perSecond: requests / (us / 1e6), p50, p99 }
}

/** What is loaded in turns with another. */
export type Target = { readonly port: number; readonly shot: Shot }

/**
 * Loads two ports in turns of a fraction of a second: while the generator of one goes on, that of the
 * other is stopped, and takes its answers when it goes on.
 *
 * @param seconds for both together
 * @returns how many requests each answered
 * @throws {Error} when any answer was an error or none
 */
export async function loadInTurns(
  targets: readonly [Target, Target],
  seconds: number,
  turnMs: number,
): Promise<[number, number]> {
  const [one, other] = targets.map(({ port, shot }) => begin(port, shot, seconds, null))
  if (!one || !other) throw new Error('there are two')
  const requests = Promise.all([one.output, other.output])
  other.generator.kill('SIGSTOP')
  const end = performance.now() + seconds * 1000 - 2 * turnMs
  for (let turn = 0; performance.now() < end; turn += 1) {
    await sleep(turnMs)
    const [before, next] = turn % 2 === 0 ? [one, other] : [other, one]
    before.generator.kill('SIGSTOP')
    next.generator.kill('SIGCONT')
  }
  for (const { generator } of [one, other]) generator.kill('SIGCONT')
  const [first, second] = await requests
  return [counted(first, targets[0].port).requests, counted(second, targets[1].port).requests]
}

/** Sends one and looks at the answer. @throws {Error} when it is not what it must be */
export async function check(port: number, shot: Shot): Promise<void> {
  const { method, headers, body } = shot
  const url = `http://127.0.0.1:${port}${shot.path}`
  const answer = await fetch(url, {
    method,
    headers,
    redirect: 'manual',
    ...(body ? { body } : {}),
  })
  const text = await answer.text()
  if (answer.status !== 200 || !text.includes(shot.answers) || text.includes('"isError":true')) {
    throw new Error(`${url} answered HTTP ${answer.status} ${text.slice(0, 300)}`)
  }
}
