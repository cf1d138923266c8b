import {
  initialize,
  type McpAnswer,
  mcpHeaders,
  rpc,
  statelessHeaders,
  statelessRpc,
  toolCall,
} from '../mcp/mcp-message'
import type { ClientScript } from './claude-script'
import type { Wire } from './claude-wire'

type Call = (message: object, headers?: Record<string, string | null>) => Promise<McpAnswer>

const nameOf = (message: object): string => ('method' in message ? String(message.method) : '')

function expectAnswer(answer: McpAnswer, status: number, step: string): McpAnswer {
  if (answer.status === status && !answer.rpc.error) return answer
  throw new Error(`${step} was answered with HTTP ${answer.status} ${answer.text}`)
}

/** The user that `whoami` returns. */
function personIn({ rpc: { result } }: McpAnswer): string {
  const { person } = (result?.structuredContent ?? {}) as { person?: string }
  return person ?? ''
}

/** The opening of revisions with a handshake. @returns the negotiated version */
async function openSession(call: Call, revision: string): Promise<Record<string, string>> {
  const { rpc: answer } = expectAnswer(await call(initialize(revision)), 200, 'initialize')
  const version = { 'mcp-protocol-version': String(answer.result?.protocolVersion) }
  const initialized = { jsonrpc: '2.0', method: 'notifications/initialized' }
  expectAnswer(await call(initialized, version), 202, 'notifications/initialized')
  return version
}

/** The first authenticated requests: the opening, the tool list, and one call. */
export async function exerciseMcp(
  script: ClientScript,
  mcpUrl: string,
  token: string,
  wire: Wire,
): Promise<string> {
  const call: Call = (message, headers = {}) =>
    wire.sendMcp(nameOf(message), mcpUrl, {
      method: 'POST',
      headers: mcpHeaders(token, { ...script.mcpHeaders, ...headers }),
      body: JSON.stringify(message),
    })
  if (script.discoversServer) {
    const probe = statelessRpc('server/discover')
    const headers = statelessHeaders('server/discover')
    expectAnswer(await call(probe, headers), 200, 'server/discover')
  }
  if (script.revision === '2026-07-28') {
    const list = await call(statelessRpc('tools/list'), statelessHeaders('tools/list'))
    expectAnswer(list, 200, 'tools/list')
    const whoami = statelessRpc('tools/call', { name: 'whoami', arguments: {} })
    const answer = await call(whoami, statelessHeaders('tools/call', 'whoami'))
    return personIn(expectAnswer(answer, 200, 'tools/call'))
  }
  const version = await openSession(call, script.revision)
  expectAnswer(await call(rpc('tools/list'), version), 200, 'tools/list')
  return personIn(expectAnswer(await call(toolCall('whoami'), version), 200, 'tools/call'))
}
