import { Gathered } from '@/lib/cli/gathered.mjs'
import { bodyLimit, defaultLimit } from './body-limit'
import { parseJson } from './json'

/** Why a body was not read. */
export type BodyProblem = 'too large' | 'no room' | 'wrong content type' | 'not readable'

/** The announced length, if nothing else ends the body: HTTP then delivers exactly that many bytes. */
const announced = ({ headers }: Request): number | null => {
  const length = headers.get('content-length')
  const isEnforced = length !== null && /^\d{1,15}$/.test(length)
  return isEnforced && !headers.has('transfer-encoding') ? Number(length) : null
}

/** Called when a body is larger than usual. @returns releases the seat; `null` when there is none */
export type Room = () => (() => void) | null

const unbounded: Room = () => () => {}

/**
 * Reads a body as text. Stops beyond `limit` bytes instead of buffering everything.
 *
 * @param limit in bytes; default: the limit of the path
 * @param room takes a seat for a larger body while it arrives
 */
export async function readText(
  request: Request,
  limit = bodyLimit(new URL(request.url).pathname),
  room: Room = unbounded,
): Promise<string | BodyProblem> {
  const length = announced(request)
  if (length !== null && length > limit) return tooLarge
  const release = length !== null && length > defaultLimit ? room() : () => {}
  if (release === null) return 'no room'
  try {
    if (length !== null) return await request.text().catch(() => 'not readable' as const)
    return await readPieces(request.body, limit, room)
  } finally {
    release()
  }
}

async function readPieces(body: Request['body'], limit: number, room: Room) {
  if (!body) return ''
  const gathered = new Gathered()
  let release: (() => void) | null = null
  try {
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
      const size = gathered.size + chunk.byteLength
      if (size > limit) return tooLarge
      if (size > defaultLimit) release ??= room()
      if (size > defaultLimit && release === null) return 'no room'
      gathered.add(chunk)
    }
  } catch {
    return 'not readable'
  } finally {
    release?.()
  }
  return new TextDecoder().decode(gathered.whole())
}

const tooLarge: BodyProblem = 'too large'
const problems = new Set<string>(['too large', 'no room', 'wrong content type', 'not readable'])

/** Whether {@link readText} or its siblings failed. */
export const isBodyProblem = (body: unknown): body is BodyProblem =>
  typeof body === 'string' && problems.has(body)

const mediaType = (request: Request): string =>
  (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''

/** Reads an `application/x-www-form-urlencoded` body. */
export async function readForm(request: Request): Promise<URLSearchParams | BodyProblem> {
  if (mediaType(request) !== 'application/x-www-form-urlencoded') return 'wrong content type'
  const text = await readText(request)
  return isBodyProblem(text) ? text : new URLSearchParams(text)
}

/** Reads a JSON body of any media type, since nothing else can be meant. */
export async function readJson(request: Request): Promise<{ value: unknown } | BodyProblem> {
  const text = await readText(request)
  if (isBodyProblem(text)) return text
  try {
    return { value: parseJson(text) }
  } catch {
    return 'not readable'
  }
}
