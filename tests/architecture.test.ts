import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { exportedFunctions, uses } from './support/sources/exported-functions'
import {
  importsOf,
  isIn,
  lineAt,
  offences,
  type Row,
  type SourceFile,
  sourceFiles,
  withoutComments,
} from './support/sources/imports'

/**
 * Which folder may import what. A name stands for a package, or for a path from the top level, and
 * for all below it.
 */

const react = ['react', 'react-dom']
const prisma = ['@prisma', 'lib/store/generated']
const mcp = ['@modelcontextprotocol']
const pure = ['next', ...react, ...prisma]
/** Plain data and `now` come in, and a result goes out. */
const pureRooms = [
  ...['lib/vocabulary', 'lib/reasons', 'lib/stored-reasons', 'lib/products'],
  ...['lib/oauth', 'lib/events', 'lib/handshake', 'lib/diagnosis'],
]

const rows: readonly Row[] = [
  { in: ['app'], never: ['lib/store', 'lib/oauth', ...prisma, 'jose', ...mcp] },
  { in: ['components/ui'], never: ['app', 'components', 'lib', 'next'], but: ['components/ui'] },
  // labels and reasons are what pages and reports have in common, and where an answer goes is said
  // in the same way everywhere
  {
    in: ['components'],
    never: ['lib'],
    types: true,
    but: [
      'lib/handshake/words',
      'lib/events/catalogue',
      'lib/events/words',
      'lib/oauth/redirect-uri',
      'lib/reasons',
      'lib/stored-reasons',
    ],
  },
  { in: pureRooms, never: [...pure, 'lib/store', 'lib/config'], types: true },
  { in: ['lib/products', 'lib/vocabulary'], never: ['lib'], types: true, but: ['lib/products'] },
  { in: ['lib/endpoints'], never: ['next', ...react, ...prisma, ...mcp] },
  { in: ['lib/mcp', 'lib/alerts', 'lib/telemetry', 'lib/doctor'], never: pure },
  { in: ['lib/store'], never: ['next', ...react, 'lib/http'] },
  { in: ['lib/recorder', 'lib/runtime', 'lib/http'], never: ['next', ...react] },
  { in: ['components', 'lib'], never: ['app'] },
  { in: ['lib'], never: ['components'] },
  // what an area of the dashboard shares with other pages stands in the kit
  { in: ['components'], never: ['components/admin'], but: ['components/admin'] },
  { in: ['components/kit'], never: ['components/admin'] },
]

/** The house, from the ground up: a room imports from its own floor and from those below it. */
const rooms = [
  ...['products', 'config', 'runtime', 'http', 'oauth', 'events', 'handshake', 'diagnosis'],
  ...['store', 'recorder', 'doctor', 'mcp', 'telemetry', 'endpoints', 'auth', 'alerts', 'admin'],
  ...['server', 'cli'],
]

/** What the start scripts share with the server: plain JavaScript that needs nothing. */
const shared = readdirSync('lib/cli')
  .filter((name) => name.endsWith('.mjs'))
  .map((name) => `lib/cli/${name.slice(0, -'.mjs'.length)}`)

/** The floor of a file of lib; its own files are the ground, and what is no part of lib has none. */
function floorOf(path: string): number {
  const [top, room = '', ...rest] = path.split('/')
  if (top !== 'lib') return Number.NaN
  return rest.length === 0 || shared.includes(path) ? 0 : rooms.indexOf(room) + 1 || Number.NaN
}

/** Imports that run up, of types too. */
const climbs = (files: readonly SourceFile[]): string[] =>
  files.flatMap((file) =>
    importsOf(file)
      .filter(({ target }) => floorOf(target) > floorOf(file.path))
      .map(({ line, target }) => `${file.path}:${line} imports ${target}`),
  )

const withoutEnding = (path: string): string => path.replace(/\.tsx?$/, '')

/** Files that lead back to themselves, each with the way. */
function circles(files: readonly SourceFile[]): string[] {
  const imports = new Map(
    files.map((file) => [withoutEnding(file.path), importsOf(file).map(({ target }) => target)]),
  )
  const left = new Set<string>()
  const found: string[] = []
  const walk = (path: string, way: readonly string[]): void => {
    if (way.includes(path)) found.push([...way.slice(way.indexOf(path)), path].join(' -> '))
    if (left.has(path) || way.includes(path)) return
    for (const target of imports.get(path) ?? []) walk(target, [...way, path])
    left.add(path)
  }
  for (const path of imports.keys()) walk(path, [])
  return found
}

const exported = /^export (?:async )?(?:function\*?|const|class|type|interface) (\w+)/gm

/** Exported names that two files declare, with the files. What a page of `app` exports is for Next alone. */
function sharedNames(files: readonly SourceFile[]): string[] {
  const homes = new Map<string, Set<string>>()
  for (const { path, text } of files) {
    for (const [, name = ''] of text.matchAll(exported)) {
      homes.set(name, (homes.get(name) ?? new Set()).add(path))
    }
  }
  return [...homes].flatMap(([name, paths]) =>
    paths.size > 1 ? [`${name}: ${[...paths].join(', ')}`] : [],
  )
}

type Vendor = { readonly name: string; readonly only: readonly string[] }

/** One vendor, one folder. */
const vendors: readonly Vendor[] = [
  { name: '@prisma', only: ['lib/store'] },
  { name: 'pg', only: ['lib/store'] },
  { name: '@electric-sql', only: ['lib/store'] },
  {
    name: 'jose',
    only: ['access-token', 'client-assertion', 'signing-keys'].map((n) => `lib/oauth/${n}*`),
  },
  { name: '@modelcontextprotocol/server', only: ['lib/mcp'] },
  { name: '@modelcontextprotocol/sdk', only: ['lib/doctor', 'lib/cli/try'] },
  { name: '@modelcontextprotocol/client', only: ['lib/doctor', 'lib/cli/try'] },
  { name: 'nodemailer', only: ['lib/alerts'] },
  { name: 'next-auth', only: ['lib/auth', 'app/api/auth', 'components'] },
  { name: 'prom-client', only: ['lib/telemetry'] },
  { name: '@opentelemetry', only: ['lib/telemetry'] },
  { name: 'next', only: ['app', 'lib/auth', 'components'] },
]

/** What decides by events reads no sentence in them: those are for people, and may be put better. */
const prose = [
  // why something was refused is read in one way, as a fact
  /\bdetail\.reason\b|'reason'/g,
  // its words are shown: they stand within a text, and nothing is asked of them
  /(?<!\$\{)\b(?:whyOf|(?!in|verdict)\w+Words)[()]/g,
  /\b(?:test|exec|match|matchAll|search|includes|startsWith|endsWith|indexOf)\(\s*`/g,
  /(?:[!=]==|\bcase)\s*`/g,
  // so are the other sentences; that there is a hint is a fact
  /\bdetail\.(?:description|message)\b|\bdetail\.hint\b(?! !== undefined)/g,
  /'(?:description|hint|message)'/g,
  /\bdetail(?::|\s*=)\s*\{[^}]*\b(?:reason|description|hint|message)\b/g,
  /\{[^{}]*\b(?:reason|description|hint|message)\b[^{}]*\}\s*=\s*(?:\w+\.)?detail\b/g,
].map((phrase) => ({
  phrase,
  never: ['lib/diagnosis', 'lib/handshake'],
  but: [
    // where the words of a reason are made
    'lib/diagnosis/evidence',
    // what an exception of this server says is all that is recorded of it
    'lib/diagnosis/rules/server-fault',
  ],
}))

/** What only some files may do, told by the text. */
const phrases = [
  {
    phrase: /\bprocess\.env\b/g,
    never: ['app', 'components', 'lib'],
    but: ['lib/config/env', 'lib/cli'],
  },
  // what is printed is JSON where that is asked for, and moves no cursor of a terminal
  { phrase: /\bconsole\.\w+\(/g, never: ['app', 'lib'], but: ['lib/cli'] },
  // whose actions are a closed list, each with a sentence on the audit page
  {
    phrase: /\bauditEntry\.create/g,
    never: ['lib'],
    but: ['lib/store/audit/audit', 'lib/store/generated'],
  },
  // events that are written with a change are told of by whoever commits it, and nobody else
  { phrase: /\binsertEventsWith\b/g, never: ['lib'], but: ['lib/store'] },
  {
    phrase: /\bgathering\(/g,
    never: ['lib'],
    but: ['lib/recorder/recorder', 'lib/store/events/committed'],
  },
  // what ships neither loads nor reads what only tests have
  { phrase: /['"`/]tests\//g, never: ['app', 'components', 'lib'], but: [] },
  { phrase: /\bfetch\(/g, never: pureRooms, but: [] },
  ...prose,
  { phrase: /\bDate\.now\(|\bnew Date\(\)/g, never: pureRooms, but: [] },
]

function misplaced({ name, only }: Vendor, files: readonly SourceFile[]) {
  const outside = files.filter((file) => !isIn(only, file.path))
  return offences({ in: outside.map((file) => file.path), never: [name] }, outside)
}

function utterances(rule: (typeof phrases)[number], files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => isIn(rule.never, file.path) && !isIn(rule.but, file.path))
    .flatMap((file) => {
      const code = withoutComments(file.text)
      return [...code.matchAll(rule.phrase)].map(
        (match) => `${file.path}:${lineAt(code, match.index)} says ${match[0]}`,
      )
    })
}

const files = sourceFiles('app', 'components', 'lib')

describe('imports', () => {
  it('are from rooms of the house alone, and none runs up', () => {
    const strange = files.filter(({ path }) => path.startsWith('lib/') && !(floorOf(path) >= 0))
    expect(strange.map(({ path }) => path)).toEqual([])
    expect(climbs(files)).toEqual([])
  })

  it('lead nowhere in a circle', () => {
    expect(circles(files)).toEqual([])
  })

  it('get each name from one place: no two things have the same', () => {
    expect(sharedNames(files.filter(({ path }) => !path.startsWith('app/')))).toEqual([])
  })

  for (const row of rows) {
    it(`${row.in.join(', ')} never import ${row.never.join(', ')}`, () => {
      expect(offences(row, files)).toEqual([])
    })
  }

  for (const vendor of vendors) {
    it(`${vendor.name} is imported only in ${vendor.only.join(', ')}`, () => {
      expect(misplaced(vendor, files)).toEqual([])
    })
  }

  for (const rule of phrases) {
    it(`${rule.never.join(', ')} never say ${rule.phrase.source}`, () => {
      expect(utterances(rule, files)).toEqual([])
    })
  }
})

/** Where data is read and changed. */
const data = [
  'lib/store',
  'lib/recorder/recorder',
  'lib/recorder/queue',
  'lib/recorder/writer',
  'lib/recorder/joiner',
  'lib/recorder/feed',
  'lib/recorder/handshake-feed',
  'lib/auth/device',
  'lib/auth/passkeys',
  'lib/auth/second-step',
  'lib/auth/throttle',
  'lib/auth/way-back',
  'lib/alerts',
  'lib/endpoints',
  'lib/doctor/findings',
  'lib/doctor/self-check',
]

/** A function that reads or changes data for nobody who was let in: it is not declared, nor handed to. */
const unguarded = (file: SourceFile): string[] =>
  exportedFunctions(file)
    .filter(({ params }) => !/: (?:Person|Caller)\b/.test(params))
    .filter(({ name }) => uses(file, name, data))
    .map(({ name }) => `${file.path} ${name}`)

describe('the dashboard', () => {
  it('reads and changes data by what is declared, or for somebody whom a guard has let in', () => {
    expect(sourceFiles('lib/admin').flatMap(unguarded)).toEqual([])
  })

  it.each([
    ["import { a } from '@/lib/store/people/users'\nexport const b = () => a()", 1],
    [
      "import { a } from '@/lib/store/people/users'\nconst c = () => a()\nexport async function b() { c() }",
      1,
    ],
    [
      "import { type A, a } from '@/lib/store/people/users'\nexport function b(id: string) { return a(id) }",
      1,
    ],
    ["import { a } from '@/lib/store/people/users'\nexport const b = (_: Person) => a()", 0],
    [
      "import { a } from '@/lib/store/people/users'\nexport const b = query({ role: 'viewer', path }, a)",
      0,
    ],
    ["import { a } from '@/lib/store/people/users'\nexport const b = () => 1", 0],
    ["import type { a } from '@/lib/store/people/users'\nexport const b = (one: a) => one", 0],
  ])('is seen to do otherwise in %j', (text, count) => {
    expect(unguarded({ path: 'lib/admin/sample.ts', text })).toHaveLength(count)
  })
})

describe('the checker', () => {
  it('sees what runs up, and what goes round', () => {
    const up = { path: 'lib/store/a.ts', text: "import type { b } from '@/lib/mcp/b'" }
    const down = { path: 'lib/mcp/b.ts', text: "import { a } from '../store/a'" }
    expect(climbs([up, down])).toEqual(['lib/store/a.ts:1 imports lib/mcp/b'])
    expect(circles([up, down])).toEqual(['lib/store/a -> lib/mcp/b -> lib/store/a'])
    expect(circles([down])).toEqual([])
  })

  const sample = (text: string, path = 'lib/oauth/sample.ts') => [{ path, text }]
  const row: Row = { in: ['lib/oauth'], never: ['next', 'lib/store'], types: true }

  it.each([
    ["import { headers } from 'next/headers'", 1],
    ["import {\n  a,\n  type B,\n} from '@/lib/store/people/users'", 4],
    ["import '../store/users'", 1],
    ["\nexport { a } from '../store/users'", 2],
    ["export * from '@/lib/store/people/users'", 1],
    ["const a = await import('@/lib/store/people/users')", 1],
    ["const a = 'x'\nimport type { A } from 'zod'\nimport a from 'next'", 3],
  ])('sees %j', (text, line) => {
    expect(offences(row, sample(text))).toEqual([
      expect.stringMatching(new RegExp(`^lib/oauth/sample.ts:${line} imports `)),
    ])
  })

  it.each([
    "import type { A } from '@/lib/store/people/users'",
    "export type { A } from '@/lib/store/people/users'",
    "import { a } from 'next-auth'",
    "import { a } from '@/lib/storehouse'",
    "// import { a } from 'next'",
    "/* import('next') */",
  ])('lets %j pass', (text) => {
    expect(offences(row, sample(text))).toEqual([])
  })

  it('lets a type pass only where the row says so', () => {
    const strict = { ...row, types: false }
    expect(offences(strict, sample("import type { A } from 'next'"))).toHaveLength(1)
  })

  it('sees a vendor outside its folder', () => {
    const jose = { name: 'jose', only: ['lib/oauth/access-token*'] }
    expect(misplaced(jose, sample("import * as jose from 'jose'"))).toHaveLength(1)
    const inside = sample("import 'jose'", 'lib/oauth/access-token-claims.ts')
    expect(misplaced(jose, inside)).toEqual([])
  })

  it('sees a phrase, but not in a comment', () => {
    const rule = { phrase: /\bfetch\(/g, never: ['lib/oauth'], but: [] }
    expect(utterances(rule, sample('// fetch()\nfetch(url)'))).toEqual([
      'lib/oauth/sample.ts:2 says fetch(',
    ])
  })

  const judged = (text: string) =>
    prose.flatMap((row) => utterances(row, sample(text, 'lib/diagnosis/rules/sample.ts')))

  it.each([
    "detailText(event, 'reason') === 'expired'",
    "event.detail.reason === 'expired'",
    'String(detail.reason)',
    'const { reason } = event.detail',
    '({ detail: { reason } }) => reason',
    '/^answered/.test(reasonWords(reason))',
    'const words = whyOf(event)',
    'reasons.map(reasonWords)',
    "fetchFailureWords(failure).startsWith('answered')",
    '/^answered/.test(`as told`)',
    'whatever === `as told`',
    'event.detail.description',
    "detailText(event, 'description')",
    'detail.hint?.includes(origin)',
    "/ECONN/.test(detailText(event, 'message'))",
  ])('sees a decision by prose in %j', (text) => {
    expect(judged(text)).not.toEqual([])
  })

  it.each([
    "reasonOfEvent(event)?.kind === 'token-expired'",
    "refused.reason.kind === 'client-secret-wrong'",
    "import { reasonWords } from '@/lib/reasons'",
    'detail.hint !== undefined',
    'observations: [inWords(answer)],',
  ])('lets %j pass', (text) => {
    expect(judged(text)).toEqual([])
  })
})
