import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

/** A running `npm run try`, waiting for approval. */
export type Trying = {
  /** where the user decides */
  readonly authorizeUrl: string
  readonly ended: Promise<{ readonly code: number | null; readonly output: string }>
}

/**
 * Starts `npm run try` against a server.
 *
 * @param certificate to trust besides the machine's
 * @throws {Error} with its output, if it reaches no approval page
 */
export async function tryThrough(origin: string, certificate: string): Promise<Trying> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'lib/cli/try.ts', '--no-open', `${origin}/mcp`],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate, NODE_TLS_REJECT_UNAUTHORIZED: '1' },
    },
  )
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  }
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output }))
  for (;;) {
    const [authorizeUrl] = /https?:\S+\/authorize\?\S+/.exec(output) ?? []
    if (authorizeUrl) return { authorizeUrl, ended }
    if (child.exitCode !== null) throw new Error(`no approval page:\n${output}`)
    await sleep(50)
  }
}
