import { spawn } from 'node:child_process'
import os from 'node:os'

/** Where the suite waits for the authorization response. */
export const conformanceCallback = 'http://127.0.0.1:4330/callback'

/** Releases of the suite: the one with every requirement set, and the stable one. */
export type ConformanceVersion = '0.2.0-alpha.12' | '0.1.16'

/** The result of a run of the conformance suite. */
export type ConformanceRun = { readonly code: number | null; readonly output: string }

type RunOptions = {
  readonly version?: ConformanceVersion
  /** receives all output so far, without colours, whenever there is more */
  readonly onOutput?: (soFar: string) => void
}

const withoutColours = (text: string) => text.replace(/\p{Cc}\[[\d;]*m/gu, '')

/** Runs `conformance` with these arguments. */
export function runConformance(
  args: readonly string[],
  { version = '0.2.0-alpha.12', onOutput = () => {} }: RunOptions = {},
): Promise<ConformanceRun> {
  // the suite needs a newer Node than Portico
  const packages = ['-p', 'node@24', '-p', `@modelcontextprotocol/conformance@${version}`]
  const child = spawn('npx', ['-y', ...packages, 'conformance', ...args], {
    // outside the repository, where npx would see Portico's packages
    cwd: os.tmpdir(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = withoutColours(output + text)
      onOutput(output)
    })
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve({ code, output }))
  })
}

/** Downloads the suite, with retries, so that a run does not wait for it. */
export async function downloadConformance(version?: ConformanceVersion): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const { code, output } = await runConformance(['--version'], { version })
    if (code === 0) return
    if (attempt === 2) throw new Error(`the conformance suite could not be downloaded:\n${output}`)
  }
}
