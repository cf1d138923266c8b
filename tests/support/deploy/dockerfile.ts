import { readFileSync } from 'node:fs'

/** One instruction of a Dockerfile, continued lines joined. */
export type Instruction = {
  /** in upper case */
  readonly name: string
  /** `--from=build` as `from: build` */
  readonly flags: Readonly<Record<string, string>>
  /** what follows name and flags */
  readonly text: string
}

const known = new Set(
  'FROM WORKDIR ENV ARG COPY RUN USER CMD ENTRYPOINT HEALTHCHECK VOLUME EXPOSE STOPSIGNAL LABEL'.split(
    ' ',
  ),
)

function parseOne(line: string): Instruction {
  const [, name = '', rest = ''] = /^(\w+)\s+(.*)$/s.exec(line) ?? []
  if (!known.has(name.toUpperCase())) throw new Error(`unsupported instruction: ${line}`)
  const flags: Record<string, string> = {}
  let text = rest.trim()
  for (
    let flag = /^--([\w-]+)=(\S+)\s+/.exec(text);
    flag;
    flag = /^--([\w-]+)=(\S+)\s+/.exec(text)
  ) {
    flags[flag[1] ?? ''] = flag[2] ?? ''
    text = text.slice(flag[0].length)
  }
  return { name: name.toUpperCase(), flags, text }
}

/**
 * The instructions of a Dockerfile.
 *
 * @throws {Error} on an unsupported instruction instead of skipping it
 */
export function parseDockerfile(text: string): Instruction[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^\s*#/.test(line))
  const joined = lines.join('\n').replace(/\\\n\s*/g, ' ')
  return joined.split('\n').map((line) => parseOne(line.trim()))
}

/** `["a", "b"]`, or words for a shell. @returns the words of a command */
export function wordsOf(text: string): string[] {
  if (!text.startsWith('[')) return ['/bin/sh', '-c', text]
  const words: unknown = JSON.parse(text)
  if (!Array.isArray(words)) throw new Error(`not a command: ${text}`)
  return words.map(String)
}

/** The pairs of `ENV` and `LABEL`: `NAME=value OTHER="a value"`. */
export function pairsOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([\w.-]+)=(?:"((?:[^"\\]|\\.)*)"|(\S*))/g)]
  return Object.fromEntries(pairs.map(([, name, quoted, plain]) => [name, quoted ?? plain]))
}

const literal = (text: string) => text.replace(/[.+^${}()|[\]\\]/g, '\\$&')

/** Compiles a .dockerignore pattern into a test of a path, and of all below it. */
function matcherOf(pattern: string): RegExp {
  const parts = pattern.replace(/^\/|\/$/g, '').split('/')
  const source = parts
    .map((part) => {
      if (part === '**') return '(?:[^/]+/)*'
      return `${literal(part).replaceAll('*', '[^/]*').replaceAll('?', '[^/]')}/`
    })
    .join('')
  return new RegExp(`^${source}`)
}

/** Which paths of a build context may be copied, by its .dockerignore: the last match decides. */
export function contextFilter(patterns: readonly string[]): (path: string) => boolean {
  const rules = patterns.map((pattern) => {
    const isException = pattern.startsWith('!')
    return { isException, matcher: matcherOf(isException ? pattern.slice(1) : pattern) }
  })
  return (path) => rules.findLast(({ matcher }) => matcher.test(`${path}/`))?.isException ?? true
}

/** The patterns of a .dockerignore. */
export const readIgnoreFile = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
