import { expect, test } from 'vitest'
import { postMcp, statelessHeaders, statelessRpc } from '../support/mcp/mcp-message'
import { connect } from '../support/oauth/oauth-tokens'
import { startPortico } from '../support/server/portico'

test('a Portico that is measured records, or not, as it is told to', async () => {
  const { origin, pid, output } = await startPortico({
    preload: 'tests/bench/switch.mjs',
    env: { PORTICO_LOG: 'json' },
  })
  const { tokens } = await connect(origin)
  const call = async (name: string) => {
    const message = statelessRpc('tools/call', { name, arguments: {} })
    const headers = statelessHeaders('tools/call', name)
    expect((await postMcp(`${origin}/mcp`, tokens.access_token, message, headers)).status).toBe(200)
  }
  const turn = async (to: 'on' | 'off') => {
    process.kill(pid, 'SIGUSR2')
    await expect.poll(output).toContain(`recording is ${to}`)
  }
  const calls = () => [...output().matchAll(/"tool":"(\w+)"/g)].map(([, tool]) => tool)
  await call('whoami')
  await turn('off')
  await call('connection_history')
  await turn('on')
  await call('server_status')
  await expect.poll(calls).toEqual(['whoami', 'server_status'])
})
