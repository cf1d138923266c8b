import { OAuthConformanceTest } from '@mcpjam/sdk'
import { openBrowser, tell } from './person.js'

/** MCPJam's check of a server's OAuth, as its README shows it, with a person at the browser. */

const [address, , redirectUrl] = process.argv.slice(2)
const { passed, steps, verification } = await new OAuthConformanceTest({
  serverUrl: address,
  protocolVersion: '2025-11-25',
  registrationStrategy: 'dcr',
  redirectUrl,
  auth: { mode: 'interactive', openUrl: async (url) => void openBrowser(url) },
  verification: { listTools: true },
}).run()
const failed = steps.filter(({ status }) => status === 'failed')
if (passed) tell({ tools: verification.listTools.passed ? ['whoami'] : [] })
else tell({ denied: JSON.stringify(failed) })
process.exit(0)
