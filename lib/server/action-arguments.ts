import type { IncomingHttpHeaders } from 'node:http'

/**
 * React's mark for a value that exists only in the browser, such as an element: reading it on the server
 * throws. No action here takes one. React escapes user text that starts this way as `$$T…`.
 */
const browserOnly = /^\$T/

/** React names its own form parts with a number; fields have names. */
const isOfReact = (head: string): boolean => /name="?[\da-f]{1,8}(?!\w)/i.test(head)

function hasBrowserOnly(json: string): boolean {
  let found = false
  try {
    JSON.parse(json, (_, value: unknown) => {
      if (typeof value === 'string' && browserOnly.test(value)) found = true
      return value
    })
  } catch {
    // Next handles invalid JSON itself
    return false
  }
  return found
}

/** The parts of a body with an action's arguments, as JSON. */
function argumentsIn(type: string, body: string): string[] {
  if (!type.startsWith('multipart/form-data')) return [body]
  return body.split('\r\n--').flatMap((part) => {
    const at = part.indexOf('\r\n\r\n')
    return at > 0 && isOfReact(part.slice(0, at)) ? [part.slice(at + 4)] : []
  })
}

/** Whether a call of a server action contains browser-only values. */
export function isUnreadableCall(headers: IncomingHttpHeaders, body: Buffer): boolean {
  if (headers['next-action'] === undefined) return false
  const text = body.toString('utf8')
  return argumentsIn(headers['content-type'] ?? '', text).some(hasBrowserOnly)
}
