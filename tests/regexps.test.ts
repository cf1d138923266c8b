import { readdirSync, readFileSync } from 'node:fs'
import { isSafe } from 'redos-detector'
import { describe, expect, it, vi } from 'vitest'
import { type SourceFile, sourceFiles, withoutComments } from './support/sources/imports'
import { type Literal, regExpsIn } from './support/sources/regexps'

/**
 * Every regular expression of the server can meet the text of a stranger, who may send 16 KB of it
 * in a header. Each takes time in proportion to its text, or its text is short: those stand here,
 * with what bounds it.
 */

// each is taken apart, and a machine that is busy takes its time
vi.setConfig({ testTimeout: 600_000 })

const byProcess = 'no stranger’s text: '
const sampled = 'observe-body.ts keeps the beginning and the end of an answer'
const stored = '500 characters at most: no text of an event is longer, and none goes over a space'

const bounded: Record<string, string> = {
  'lib/config/alerts.ts /^[^<>\\p{Cc}]*<([^<>]+)>$/u': `${byProcess}a setting`,
  'lib/config/sign-in.ts /^@?([a-z0-9-]+\\.)*[a-z0-9-]+$/': `${byProcess}a setting`,
  'lib/alerts/email.ts /@([^@>]+)>?$/': `${byProcess}a setting`,
  'lib/cli/commands.ts /npm run (\\S+) --/g': `${byProcess}the usage of a command`,
  'lib/cli/narrow.mjs /(\\\\*)([\\u0100-\\uffff])/g': `${byProcess}what was built`,
  'lib/store/backup/drop.ts /\\b(?:table|type|function|rename to)\\s+"(\\w+)"/gi': `${byProcess}a migration`,
  'lib/telemetry/otlp.ts /"message":"((?:[^"\\\\]|\\\\.)*)"/': `${byProcess}the answer of a collector, cut`,
  'lib/endpoints/mcp-record.ts /"error"\\s*:\\s*\\{[^}]*"code"\\s*:\\s*(-?\\d+)/': `8 KiB at most: ${sampled}`,
  'lib/endpoints/mcp-record.ts /"isError"\\s*:\\s*true/': `8 KiB at most: ${sampled}`,
  'lib/http/address.ts /^\\[|\\](:\\d+)?$/g':
    '100 characters at most: nothing longer is an address',
  'lib/handshake/redact.ts /\\.\\d+$/': '45 characters at most: an address',
  'lib/handshake/redact.ts /(?<![\\w.+-])[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+/g': stored,
  'lib/handshake/redact.ts /\\b(\\d{1,3}\\.\\d{1,3}\\.\\d{1,3})\\.\\d{1,3}\\b(?!\\.\\d)/g': stored,
  'lib/handshake/redact.ts /(?<![\\w:])(?:[\\da-f]{1,4}:){7}[\\da-f]{1,4}(?![\\w:])|(?<![\\w:])(?=[\\da-f:]*::)(?:[\\da-f]{0,4}:){2,7}[\\da-f]{0,4}(?![\\w:])/gi':
    stored,
  'lib/handshake/redact.ts /\\b[a-z]{2,12}_(?=[\\w-]*[A-Z\\d])[\\w-]{8,}/g': stored,
}

const frozen = [
  '/has the scheme "([^"]*):"$/',
  '/is no place where (\\S*): takes answers$/',
  '/(\\S+) cannot be resolved$/',
  '/(\\S+) resolves to an address/',
  '/is larger than (\\d+) bytes$/',
  '/could not be fetched: (.*)$/',
]
for (const pattern of frozen) bounded[`lib/stored-reasons.ts ${pattern}`] = stored

const mostWays = 50

const nameOf = ({ path, source, flags }: Literal): string => `${path} /${source}/${flags}`

/** Many are written in several places. */
const known = new Map<string, boolean>()

/** Whether the ways to match what does not match stay few, however long it is. */
function isLinear({ source, flags }: Literal): boolean {
  const name = `/${source}/${flags}`
  const found =
    known.get(name) ??
    isSafe(new RegExp(source, flags), { maxScore: mostWays, timeout: 60_000 }).safe
  known.set(name, found)
  return found
}

/** Scripts that are no TypeScript; some of them stand in front of the server. */
const scripts = readdirSync('lib/cli', { encoding: 'utf8' })
  .filter((name) => name.endsWith('.mjs'))
  .map((name) => `lib/cli/${name}`)
const roots = ['proxy.ts', 'instrumentation.ts', 'next.config.ts']
const read = (path: string): SourceFile => ({ path, text: readFileSync(path, 'utf8') })

const files = [...sourceFiles('lib', 'app', 'components'), ...[...scripts, ...roots].map(read)]
const literals = files.flatMap(regExpsIn)

describe('regular expressions', () => {
  it('are found, wherever they stand', () => {
    const text = [
      'const a = /[/"]/g, b = 4 / 2 / 1',
      'const t = `/no/ #{x.replace(/`}/, `#{/in/u.test(y) ? "}" : {}}`)} /no/`',
      "const s = '/no/' // /no/",
      'const e = <p title="/no/">it’s /no/ {/yes/.test(z)}</p>',
    ]
      .join('\n')
      .replaceAll('#{', '${')
    expect(regExpsIn({ path: 'a.tsx', text }).map(({ source }) => source)).toEqual([
      '[/"]',
      '`}',
      'in',
      'yes',
    ])
    expect(literals.length).toBeGreaterThan(200)
  })

  it('are known for what they are: a quadratic one is told', () => {
    const told = ['mozilla\\/.*(firefox|gecko)', '\\/+$', '%.*$', '[\\w.+-]+@[\\w-]+']
    expect(told.filter((source) => isLinear({ path: '', source, flags: '' }))).toEqual([])
    const plain = ['^[a-z]+$', 'claude-user', '^\\/consent\\/([\\w-]+)\\/decision$']
    expect(plain.filter((source) => !isLinear({ path: '', source, flags: '' }))).toEqual([])
  })

  it('take time in proportion to their text, or it is short', () => {
    const quadratic = literals.filter((literal) => !isLinear(literal)).map(nameOf)
    expect(quadratic.filter((name) => !Object.hasOwn(bounded, name))).toEqual([])
    // an exception that is no more is struck out
    expect(Object.keys(bounded).filter((name) => !quadratic.includes(name))).toEqual([])
  })

  it('are not put together from texts while the server runs', () => {
    const made = files.filter(({ text }) =>
      /new RegExp\(|(?<![.\w])RegExp\(/.test(withoutComments(text)),
    )
    expect(made.map(({ path }) => path)).toEqual([])
  })
})
