import { transformSync } from 'esbuild'
import type { SourceFile } from './imports'

/** A regular expression literal in a source, without its slashes. */
export type Literal = { readonly path: string; readonly source: string; readonly flags: string }

/** Precedes a regular expression but never a division. */
const begins =
  /(?:^|[=(,:?&|!;[{}+<>~^%*-]|(?<![\w$.])(?:return|typeof|case|of|in|void|yield|await))\s*$/

/** The end of the string literal that begins with a quote at `at`. */
function endOfText(code: string, at: number): number {
  let end = at + 1
  while (end < code.length && code[end] !== code[at]) end += code[end] === '\\' ? 2 : 1
  return end + 1
}

/** The closing slash of the pattern that begins at `at`. */
function endOfPattern(code: string, at: number): number {
  let isClass = false
  for (let end = at + 1; end < code.length; end += 1) {
    const character = code[end]
    if (character === '\\') end += 1
    else if (character === '[') isClass = true
    else if (character === ']') isClass = false
    else if (character === '/' && !isClass) return end
  }
  return code.length
}

/** Scans JavaScript without comments and collects its patterns. */
function scan(code: string, found: (source: string, flags: string) => void): void {
  /** open braces within each open template */
  const templates: number[] = []
  const template = (at: number): number => {
    for (let end = at; end < code.length; end += 1) {
      if (code[end] === '\\') end += 1
      else if (code[end] === '`') return end + 1
      else if (code.startsWith('${', end)) {
        templates.push(0)
        return end + 2
      }
    }
    return code.length
  }
  const pattern = (at: number): number => {
    const end = endOfPattern(code, at)
    const [flags = ''] = /^[a-z]*/.exec(code.slice(end + 1, end + 10)) ?? []
    found(code.slice(at + 1, end), flags)
    return end + 1 + flags.length
  }
  const brace = (at: number): number => {
    const open = templates.at(-1)
    if (open === undefined) return at + 1
    if (code[at] === '}' && open === 0) {
      templates.pop()
      return template(at + 1)
    }
    templates[templates.length - 1] = open + (code[at] === '{' ? 1 : -1)
    return at + 1
  }
  for (let at = 0; at < code.length; ) {
    const character = code[at]
    if (character === '"' || character === "'") at = endOfText(code, at)
    else if (character === '`') at = template(at + 1)
    else if (character === '{' || character === '}') at = brace(at)
    else if (code.startsWith('//', at)) at = (code.indexOf('\n', at) + 1 || code.length + 1) - 1
    else if (code.startsWith('/*', at)) at = code.indexOf('*/', at) + 2
    else if (character === '/' && begins.test(code.slice(Math.max(0, at - 20), at)))
      at = pattern(at)
    else at += 1
  }
}

/** Every regular expression literal in a source. */
export function regExpsIn({ path, text }: SourceFile): Literal[] {
  // transpiled first, so that the scanner needs no types or JSX
  const { code } = transformSync(text.replace(/^#!.*/, ''), {
    loader: path.endsWith('x') ? 'tsx' : 'ts',
    jsx: 'transform',
    charset: 'utf8',
  })
  const literals: Literal[] = []
  scan(code, (source, flags) => literals.push({ path, source, flags }))
  return literals
}
