import { type Reason, reasonWords } from '@/lib/reasons'

/** No message of OAuth, MCP or WebAuthn is nested this deep; code that walks JSON is recursive. */
const deepest = 64
/** Limit of object members: checking twice as many takes more than twice as long. */
const mostMembers = 20_000

/** Why a text is not parsed, or `null`. Reads the text once. */
function excessOf(text: string): Reason | null {
  // nesting deeper than the limit takes at least this many brackets
  if (text.length <= 2 * deepest) return null
  let depth = 0
  let members = 0
  let inString = false
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (inString) {
      if (code === backslash) at += 1
      else if (code === quote) inString = false
    } else if (code === quote) inString = true
    else if (code === openBracket || code === openBrace) {
      depth += 1
      if (depth > deepest) return { kind: 'json-too-deep', most: deepest }
    } else if (code === closeBracket || code === closeBrace) depth -= 1
    else if (code === colon) {
      members += 1
      if (members > mostMembers) return { kind: 'json-too-many-members', most: mostMembers }
    }
  }
  return null
}

const [quote, backslash, colon] = [0x22, 0x5c, 0x3a]
const [openBracket, closeBracket] = [0x5b, 0x5d]
const [openBrace, closeBrace] = [0x7b, 0x7d]

/** Thrown for JSON that is nested too deeply or has too many members. */
export class ExcessiveJsonError extends SyntaxError {
  override name = 'ExcessiveJsonError'

  constructor(readonly reason: Reason) {
    super(reasonWords(reason))
  }
}

/**
 * Parses JSON from outside (RFC 8259 §9: a parser may limit depth and size).
 *
 * @throws {SyntaxError} when it is not JSON
 * @throws {ExcessiveJsonError} when it is nested more than 64 deep or has more than 20,000 members
 */
export function parseJson(text: string): unknown {
  const excess = excessOf(text)
  if (excess !== null) throw new ExcessiveJsonError(excess)
  return JSON.parse(text)
}
