import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
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

const connections = 16
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

async function output(args: readonly string[]): Promise<string> {
  const child = spawn('wrk', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    text += chunk
  })
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject).once('close', resolve)
  })
  if (code !== 0) throw new Error(`wrk ended with ${code}: ${text}`)
  return text
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
  const file = path.join(workshop.directory, `load-${port}.lua`)
  writeFileSync(file, script(shot, rotation))
  const url = `http://127.0.0.1:${port}${shot.path}`
  const flags = ['-t1', '-c', String(connections), '-d', `${seconds}s`, '--timeout', '10s']
  const text = await output([...flags, '-s', file, url])
  const seen = JSON.parse(/SEEN (.+)/.exec(text)?.[1] ?? '{}')
  if (rotation) rotation.tokens = JSON.parse(/LEFT (.+)/.exec(text)?.[1] ?? '[]')
  if (!(seen.requests > 0) || seen.refused + seen.broken > 0) {
    throw new Error(`${url}: ${seen.refused} refused, ${seen.broken} broken of ${seen.requests}`)
  }
  const perSecond = seen.requests / (seen.us / 1e6)
  return { perSecond, p50: seen.p50 / 1000, p99: seen.p99 / 1000 }
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
