import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { markForeign, oneLine, ownMessage, printable } from '@/lib/cli/lines.mjs'

const forged = '23:59:59 token.issued'
const evil = `\n${forged}\u001b[31m\u009b2J\u202e\u2066\u2028\u0000\u007f\r`

/** What a script prints, with what prints it in place. */
async function printed(script: string, kind: 'text' | 'json'): Promise<string> {
  const whole = `
    import { adoptConsole, say, sayLines } from './lib/cli/log.mjs'
    import { asOwn } from './lib/cli/output.mjs'
    const evil = ${JSON.stringify(evil)}
    adoptConsole()
    ${script}`
  const args = ['--input-type=module', '-e', whole]
  const env = { ...process.env, PORTICO_LOG: kind }
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const chunks: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (some) => chunks.push(some))
  await once(child, 'close')
  return Buffer.concat(chunks).toString('latin1')
}

/** Whatever prints what somebody sent. */
const ways = [
  'console.error("it failed", evil)',
  'console.error(new Error(evil))',
  'console.log(evil.trim())',
  'process.stdout.write(evil)',
  'process.stderr.write(Buffer.from(evil))',
  'process.stderr.write(Buffer.from(evil, "latin1"))',
  'process.stdout.write(evil, "latin1")',
  'process.stdout.write(evil, () => {})',
  'process.emitWarning(evil, evil)',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a script
  'say("error", `next-auth: ${evil}`, { error: new Error(evil) })',
  'say("info", "lines", { fields: { evil } })',
  'sayLines(["a", evil])',
]

describe.each(['text', 'json'] as const)('printed as %s', (kind) => {
  it('nothing moves a cursor or forges a line', async () => {
    const output = await printed(ways.join('\n'), kind)
    expect(output.split(forged).length).toBeGreaterThan(ways.length)
    // as bytes, of which 0x80 to 0x9f stand inside of characters of UTF-8, too
    const text = Buffer.from(output, 'latin1').toString('utf8')
    expect(text).toBe(printable(text))
    const lines = text.split('\n').filter((line) => line !== '')
    expect(lines.filter((line) => line.startsWith(forged))).toEqual([])
    if (kind === 'json') for (const line of lines) expect(JSON.parse(line).level).toMatch(/^\w+$/)
  })
})

it('of what others print a bounded part is written, and the rest is counted', async () => {
  const output = await printed(
    `
    for (let index = 0; index < 1000; index += 1) console.error('somebody ' + index)
    const later = Date.now() + 61_000
    Date.now = () => later
    console.error('somebody later')`,
    'text',
  )
  expect(output.match(/somebody \d/g)).toHaveLength(120)
  expect(output).toContain('880 more messages of libraries were left out')
  expect(output).toContain('somebody later')
})

it('what is ours begins at the margin, and what others print behind a bar', async () => {
  const script = `
    asOwn(() => console.log('00:00:00 token.issued\\n00:00:01 token.issued'))
    console.log('somebody\\nelse')
    asOwn(() => console.log('00:00:02 token.issued'))
    process.stdout.write('a part')`
  expect((await printed(script, 'text')).split('\n')).toEqual([
    '00:00:00 token.issued',
    '00:00:01 token.issued',
    '| somebody',
    '| else',
    '00:00:02 token.issued',
    '| a part',
    '',
  ])
})

it('a stack of ours can be read', async () => {
  const output = await printed('say("error", "GET / failed:", { error: new Error("why") })', 'text')
  expect(output).toMatch(/^GET \/ failed: Error: why\n\| {5}at /)
})

describe('a text', () => {
  it.each([
    ['a\nb\tc', 'a\nb\tc'],
    ['\u001b[2J\u009b\u007f', '\uFFFD[2J\uFFFD\uFFFD'],
    ['\u202eab\u2028c\u061c', '\uFFFDab\uFFFDc\uFFFD'],
    ['ä€😀', 'ä€😀'],
  ])('%j is printed as %j', (text, shown) => {
    expect(printable(text)).toBe(shown)
  })

  it('is on one line, set in, or continued', () => {
    expect(oneLine('a\nb\tc')).toBe('a b c')
    expect(markForeign('a\n\nb\n')).toBe('| a\n| \n| b')
    expect(ownMessage('a\nb\n')).toBe('a\n| b')
  })
})
