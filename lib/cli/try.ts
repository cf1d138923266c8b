import { parseArgs } from 'node:util'
import { auth, UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import nextEnv from '@next/env'
import { version } from '@/lib/runtime/version'
import { commandRule, guardOutput } from './output.mjs'
import { openInBrowser } from './try/browser'
import { type Callback, openCallback } from './try/callback'
import { newProvider, type TryProvider } from './try/provider'
import { StepFailure } from './try/step'
import { printNote, printStep, type Trace, traceFetch } from './try/trace'

/**
 * `npm run try [url]`: connects to a running server with the official MCP client, as a new client, prints
 * every step, and ends with the result of a tool.
 */

const patienceMs = 5 * 60_000
const usage = 'npm run try [-- --no-open] [URL of the MCP endpoint]'

type Visit = {
  readonly mcpUrl: URL
  readonly trace: Trace
  readonly provider: TryProvider
  readonly callback: Callback
  readonly opensBrowser: boolean
}

const transportOf = ({ mcpUrl, provider, trace }: Visit) =>
  new StreamableHTTPClientTransport(mcpUrl, { authProvider: provider, fetch: trace.fetch })

const newClient = () => new Client({ name: 'portico-try', title: 'Portico try', version })

/** Runs from the first request to the consent page. */
async function discover(visit: Visit): Promise<StreamableHTTPClientTransport> {
  const transport = transportOf(visit)
  const isRefused = await newClient()
    .connect(transport)
    .then(() => false)
    .catch((error: unknown) => {
      if (error instanceof UnauthorizedError) return true
      throw error
    })
  if (isRefused) return transport
  throw new StepFailure('challenge', 'a request without a token was answered instead of refused')
}

/** Sends the person to the consent page and waits for the answer. @returns the code */
async function authorize({ provider, callback, opensBrowser }: Visit): Promise<string> {
  const url = provider.authorizationUrl()
  console.log(`\n  Approve in a browser, within five minutes:\n\n  ${url}\n`)
  if (opensBrowser) openInBrowser(url)
  const since = performance.now()
  const answer = await callback.wait(patienceMs)
  if (answer === null) throw new StepFailure('authorization', 'no answer came within five minutes')
  const refused = [answer.get('error'), answer.get('error_description')].filter(Boolean).join(', ')
  if (refused) throw new StepFailure('authorization', `the answer was ${refused}`)
  if (answer.get('state') !== provider.expectedState) {
    throw new StepFailure('authorization', 'the answer came with another "state" than was sent')
  }
  const { expected, isPromised } = provider.issuer()
  const issuer = answer.get('iss')
  if (issuer === null ? isPromised : issuer !== expected) {
    throw new StepFailure('authorization', `"iss" was ${issuer ?? 'missing'}, not ${expected}`)
  }
  const code = answer.get('code')
  if (!code) throw new StepFailure('authorization', 'the answer had no "code"')
  printStep('authorization', null, performance.now() - since, `state and iss are right (${issuer})`)
  return code
}

/** Uses the tokens. @returns the last tool's result */
async function callTools(visit: Visit): Promise<unknown> {
  const client = newClient()
  await client.connect(transportOf(visit))
  const { tools } = await client.listTools()
  printNote(tools.map(({ name }) => name).join(', '))
  await callTool(client, 'whoami')
  const { mcpUrl, provider, trace } = visit
  await auth(provider, { serverUrl: mcpUrl, fetchFn: trace.fetch })
  const status = await callTool(client, 'server_status')
  await client.close()
  return status
}

async function callTool(client: Client, name: string): Promise<unknown> {
  const { isError, content, structuredContent } = await client.callTool({ name, arguments: {} })
  if (isError) throw new StepFailure(`tools/call ${name}`, JSON.stringify(content))
  return structuredContent ?? content
}

async function run(visit: Visit): Promise<void> {
  console.log(`\n  Portico try ${version}: ${visit.mcpUrl}\n`)
  const transport = await discover(visit)
  await transport.finishAuth(await authorize(visit))
  const result = await callTools(visit)
  console.log(`\n${JSON.stringify(result, null, 2)}\n`)
}

/** One sentence: the step, the problem, what to check. */
function explain(error: unknown, trace: Trace): string {
  if (error instanceof StepFailure) return error.message
  const { step, problem } = trace.last()
  const message = error instanceof Error ? error.message : String(error)
  // the SDK compares the two only when it has read the server's metadata too
  if (message.startsWith('Protected resource')) {
    return new StepFailure('resource metadata', message).message
  }
  return new StepFailure(step, problem ?? message).message
}

function readArguments(): { mcpUrl: URL; opensBrowser: boolean } {
  nextEnv.loadEnvConfig(process.cwd(), false, { info: () => {}, error: console.error })
  const { values, positionals } = parseArgs({
    options: { 'no-open': { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const url = positionals[0] ?? `http://localhost:${process.env.PORT || 3000}/mcp`
  const isInteractive = Boolean(process.stdout.isTTY) && !process.env.CI
  return { mcpUrl: new URL(url), opensBrowser: isInteractive && !values['no-open'] }
}

async function main(): Promise<void> {
  // the output is mostly another server's text
  guardOutput(commandRule)
  const given = readArguments()
  const callback = await openCallback()
  const provider = newProvider(callback.redirectUrl)
  const trace = traceFetch(given.mcpUrl, `portico-try/${version}`)
  try {
    await run({ ...given, trace, provider, callback })
  } catch (error) {
    console.error(`\n  ${explain(error, trace)}\n`)
    process.exitCode = 1
  } finally {
    callback.close()
  }
}

await main().catch((error) => {
  console.error(`${error instanceof Error ? error.message : error}\n${usage}`)
  process.exitCode = 1
})
