import type { IncomingHttpHeaders } from 'node:http'

/**
 * How React writes what a browser keeps to itself, such as an element: to look at it on the server is
 * a fault. No action of ours is given any. A text of somebody's that begins so is written `$$T…`.
 */
const kept = /^\$T/

/** Parts of a form that React writes have a number for a name; what people fill in has a name of its own. */
const isOfReact = (head: string): boolean => /name="?[\da-f]{1,8}(?!\w)/i.test(head)

function hasBrowserOnly(json: string): boolean {
  let found = false
  try {
    JSON.parse(json, (_, value: unknown) => {
      if (typeof value === 'string' && kept.test(value)) found = true
      return value
    })
  } catch {
    // Next says what it thinks of it
    return false
  }
  return found
}

/** The parts of a body that say what an action is given, as JSON. */
function argumentsIn(type: string, body: string): string[] {
  if (!type.startsWith('multipart/form-data')) return [body]
  return body.split('\r\n--').flatMap((part) => {
    const at = part.indexOf('\r\n\r\n')
    return at > 0 && isOfReact(part.slice(0, at)) ? [part.slice(at + 4)] : []
  })
}

/** Whether a call of a server action holds what only the browser could look at. */
export function isUnreadableCall(headers: IncomingHttpHeaders, body: Buffer): boolean {
  if (headers['next-action'] === undefined) return false
  const text = body.toString('utf8')
  return argumentsIn(headers['content-type'] ?? '', text).some(hasBrowserOnly)
}
