/** No message of OAuth, MCP or WebAuthn comes near it; what walks JSON does so by calling itself. */
const deepest = 64

/** Whether brackets stand within one another deeper than that. One pass, whatever the text is. */
function isTooDeep(text: string): boolean {
  // as many brackets have to be opened and closed
  if (text.length <= 2 * deepest) return false
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (inString) {
      if (code === backslash) at += 1
      else if (code === quote) inString = false
    } else if (code === quote) inString = true
    else if (code === openBracket || code === openBrace) {
      depth += 1
      if (depth > deepest) return true
    } else if (code === closeBracket || code === closeBrace) depth -= 1
  }
  return false
}

const [quote, backslash] = [0x22, 0x5c]
const [openBracket, closeBracket] = [0x5b, 0x5d]
const [openBrace, closeBrace] = [0x7b, 0x7d]

/** Thrown instead of parsing what is nested too deeply. */
export class DeepJsonError extends SyntaxError {
  override name = 'DeepJsonError'
  constructor() {
    super(`nested more than ${deepest} deep`)
  }
}

/**
 * Parses JSON that somebody else wrote (RFC 8259 §9: a parser may limit the depth).
 *
 * @throws {SyntaxError} where it is none
 * @throws {DeepJsonError} where it is nested more than 64 deep
 */
export function parseJson(text: string): unknown {
  if (isTooDeep(text)) throw new DeepJsonError()
  return JSON.parse(text)
}
