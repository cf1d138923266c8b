import { expect, test, vi } from 'vitest'
import {
  conformanceCallback,
  downloadConformance,
  runConformance,
} from '../support/mcp/conformance'
import { register } from '../support/oauth/oauth'
import { type Operator, signIn } from '../support/people/operator'
import { approve } from '../support/people/operator-consent'
import { startPortico } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

// the first run on a machine downloads the suite and a newer Node
vi.setConfig({ testTimeout: 600_000 })

/** Approves once at the authorization URL that the suite prints, and brings it the answer. */
function approver(operator: Operator) {
  let approved: Promise<number> | undefined
  const act = async (url: string) => {
    const callback = await approve(operator, url)
    return (await fetch(callback)).status
  }
  return {
    read: (output: string) => {
      const [url] = /http:\/\/localhost:\d+\/authorize\?\S+(?=\s)/.exec(output) ?? []
      if (url && !approved) approved = act(url)
    },
    answered: () => approved,
  }
}

test(
  verifies(['A1', 'A2', 'A3', 'A15', 'A21', 'A28', 'A29'], 'the conformance suite passes 3 of 3'),
  async () => {
    await downloadConformance()
    const { origin } = await startPortico()
    const client = await register(origin, { redirect_uris: [conformanceCallback] })
    const { read, answered } = approver(await signIn(origin))
    const where = ['--url', origin, '--resource', `${origin}/mcp`, '-p', '4330']
    const { code, output } = await runConformance(
      ['authorization', '--client-id', client.client_id, ...where],
      { onOutput: read },
    )
    expect(await answered(), output).toBe(200)
    expect(output).toMatch(/\b3 passed, 0 failed\b/)
    expect(output).not.toMatch(/warning/i)
    expect(code, output).toBe(0)
  },
)
