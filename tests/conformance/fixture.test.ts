import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { fixturePreload } from '../support/mcp/conformance-fixture'
import { type McpAnswer, postMcp, statelessHeaders, statelessRpc } from '../support/mcp/mcp-message'
import { connect } from '../support/oauth/oauth-tokens'
import { sharedOrigin, startPortico } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

vi.setConfig({ testTimeout: 120_000 })

const prefix = 'test_input_required_result'

type Asking = { mcpUrl: string; token: string }
type Params = { name?: string; [member: string]: unknown }

/** Sends a request of 2026-07-28 that declares these capabilities. */
function ask({ mcpUrl, token }: Asking, method: string, params: Params = {}, declared = {}) {
  const message = statelessRpc(method, { arguments: {}, ...params }, '2026-07-28', declared)
  return postMcp(mcpUrl, token, message, statelessHeaders(method, params.name))
}

const connectTo = async (origin: string): Promise<Asking> => ({
  mcpUrl: `${origin}/mcp`,
  token: (await connect(origin)).tokens.access_token,
})

const namesOf = ({ rpc }: McpAnswer) => {
  const tools = (rpc.result?.tools ?? []) as { name: string }[]
  return tools.map(({ name }) => name)
}

/** One letter of what is signed made another. */
const changed = (state: string) =>
  state.replace(/.(?=\.[^.]*$)/, (letter) => (letter === 'A' ? 'B' : 'A'))

/** Sentences of these files, which a bundle would have as they are. */
const sentencesOf = (files: readonly string[]): string[] =>
  files.flatMap((file) => {
    const texts = readFileSync(file, 'utf8').matchAll(/'([\w .,]{20,})'/g)
    return [...texts].map(([, text]) => String(text)).filter((text) => text.includes(' '))
  })

const filesBelow = (folder: string, end: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end))
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile())

describe('without the fixture', () => {
  test('nothing of it is built, while the tools of every Portico are', () => {
    const scripts = ['.next/server', '.next/static'].flatMap((folder) => filesBelow(folder, 'js'))
    const built = scripts.map((file) => readFileSync(file, 'utf8'))
    const isBuilt = (text: string) => built.some((script) => script.includes(text))
    const fixture = sentencesOf(filesBelow('tests/conformance/fixture', '.ts'))
    expect(fixture.length).toBeGreaterThan(15)
    expect(fixture.filter(isBuilt)).toEqual([])
    const own = sentencesOf(filesBelow('lib/mcp/tools', '.ts'))
    expect(own.filter(isBuilt).length).toBeGreaterThan(5)
  })

  test('nothing of the fixture is there', async () => {
    const asking = await connectTo(sharedOrigin())
    const names = namesOf(await ask(asking, 'tools/list'))
    expect(names).toContain('whoami')
    expect(names.filter((name) => name.includes('test'))).toEqual([])
    const { rpc } = await ask(asking, 'server/discover')
    expect(Object.keys(rpc.result?.capabilities as object)).toEqual(['tools'])
    for (const method of ['prompts/list', 'resources/list', 'completion/complete']) {
      expect((await ask(asking, method)).status).toBe(404)
    }
    const called = await ask(asking, 'tools/call', { name: 'test_simple_text' })
    expect(called.rpc.error?.code).toBe(-32602)
  })
})

describe('with the fixture', () => {
  let mine: Asking
  let anothers: Asking

  beforeAll(async () => {
    const { origin } = await startPortico({ preload: fixturePreload })
    mine = await connectTo(origin)
    anothers = await connectTo(origin)
  })

  test('its tools come after those of every Portico', async () => {
    const names = namesOf(await ask(mine, 'tools/list'))
    expect(names[0]).toBe('whoami')
    expect(names).toContain('test_simple_text')
  })

  describe('request state', () => {
    const tool = `${prefix}_request_state`
    const elicitation = { elicitation: {} }
    const answers = { confirm: { action: 'accept', content: { ok: true } } }
    const stateOf = async (asking: Asking) =>
      String(
        (await ask(asking, 'tools/call', { name: tool }, elicitation)).rpc.result?.requestState,
      )
    const answer = (asking: Asking, requestState: string, name = tool) =>
      ask(asking, 'tools/call', { name, requestState, inputResponses: answers }, elicitation)

    test(verifies(['R9'], 'is good for whom and what it was made for'), async () => {
      const { rpc } = await answer(mine, await stateOf(mine))
      expect(rpc.result?.content).toEqual([{ type: 'text', text: 'state-ok' }])
    })

    test.each<[string, (state: string) => Promise<McpAnswer>]>([
      ['to another grant', (state) => answer(anothers, state)],
      ['to another tool', (state) => answer(mine, state, `${prefix}_tampered_state`)],
      ['when it was changed', (state) => answer(mine, changed(state))],
      ['when it was made up', () => answer(mine, 'v1.e30.AAAA')],
    ])(verifies(['R9'], 'is refused %s'), async (_, attempt) => {
      const { rpc } = await attempt(await stateOf(mine))
      expect(rpc.error).toMatchObject({ code: -32602, message: 'Invalid or expired requestState' })
    })
  })

  test.each([
    [{ sampling: {} }, ['sampling/createMessage']],
    [{ elicitation: {} }, ['elicitation/create']],
    [{ elicitation: {}, sampling: {} }, ['elicitation/create', 'sampling/createMessage']],
  ])('a client that declares %j is asked %j', async (declared, methods) => {
    const { rpc } = await ask(mine, 'tools/call', { name: `${prefix}_capabilities` }, declared)
    const requests = Object.values(rpc.result?.inputRequests as Record<string, { method: string }>)
    expect(requests.map(({ method }) => method)).toEqual(methods)
  })

  test(verifies(['R10'], 'a tool that needs more than was declared is refused'), async () => {
    const { status, rpc } = await ask(mine, 'tools/call', { name: `${prefix}_sampling` })
    expect([status, rpc.error?.code]).toEqual([400, -32021])
  })
})
