import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import {
  type ConformanceVersion,
  downloadConformance,
  runConformance,
} from '../support/mcp/conformance'
import { fixturePreload } from '../support/mcp/conformance-fixture'
import {
  conformanceWarnings,
  type ScenarioResult,
  scenarioResults,
} from '../support/mcp/conformance-results'
import { type BearerProxy, startBearerProxy } from '../support/oauth/bearer-proxy'
import { connect } from '../support/oauth/oauth-tokens'
import { startPortico } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

// the first run on a machine downloads both releases of the suite and a newer Node
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 })

let proxy: BearerProxy
const checks = mkdtempSync(path.join(os.tmpdir(), 'portico-conformance-'))

beforeAll(async () => {
  await downloadConformance('0.2.0-alpha.12')
  await downloadConformance('0.1.16')
  const { origin } = await startPortico({ preload: fixturePreload })
  const { tokens } = await connect(origin)
  // the suite can send no token, and authorization stays on
  proxy = await startBearerProxy(origin, tokens.access_token)
})
afterAll(async () => {
  rmSync(checks, { recursive: true, force: true })
  await proxy?.close()
})

const run = (version: ConformanceVersion, args: readonly string[]) =>
  runConformance(['server', '--url', `${proxy.origin}/mcp`, ...args], { version })

const isPassed = ({ passed, failed }: ScenarioResult) => passed > 0 && failed === 0

/** The tasks extension (SEP-2663) is not offered; its scenarios run all the same, and do not count. */
const isTasks = (name: string) => name.includes('tasks-')

/** Wants headers refused that are filled in from the body, unless that is switched off. */
const headers = 'http-header-validation'
const isKnown = (name: string) => isTasks(name) || name.includes(headers)

test.each([
  ['2026-07-28', 37],
  ['2025-11-25', 30],
])(
  verifies(['R6'], 'what %s requires is kept: %i scenarios of as many'),
  async (revision, count) => {
    const directory = path.join(checks, revision)
    const args = ['--requirements', revision, '--output-dir', directory]
    const { code, output } = await run('0.2.0-alpha.12', args)
    const results = scenarioResults(output)
    const required = results.filter(({ notScored }) => notScored === null)
    expect(
      required.filter((result) => !isPassed(result)),
      output,
    ).toEqual([])
    expect(required).toHaveLength(count)
    const others = results.filter(({ name, notScored }) => notScored !== null && !isKnown(name))
    expect(others.length).toBeGreaterThanOrEqual(2)
    expect(others.filter((result) => !isPassed(result))).toEqual([])
    expect(conformanceWarnings(directory).filter((warning) => !isKnown(warning))).toEqual([])
    expect(code, output).toBe(0)
  },
)

test(
  verifies(['R6'], 'the stable release of the suite is passed: 44 checks of as many'),
  async () => {
    const { code, output } = await run('0.1.16', ['--suite', 'all'])
    const results = scenarioResults(output)
    expect(
      results.filter(({ failed }) => failed > 0),
      output,
    ).toEqual([])
    expect(results).toHaveLength(32)
    expect(output).toMatch(/^Total: 44 passed, 0 failed$/m)
    expect(code, output).toBe(0)
  },
)

test('headers are refused to the letter where quirks are switched off', async () => {
  const { origin } = await startPortico({
    preload: fixturePreload,
    env: { PORTICO_REFUSE_QUIRKS: 'missing-method-header,missing-name-header' },
  })
  const { tokens } = await connect(origin)
  const strict = await startBearerProxy(origin, tokens.access_token)
  const args = ['--scenario', headers, '--spec-version', '2026-07-28']
  const { code, output } = await runConformance(
    ['server', '--url', `${strict.origin}/mcp`, ...args],
    { version: '0.2.0-alpha.12' },
  )
  await strict.close()
  expect(output).toMatch(/Passed: (\d+)\/\1, 0 failed/)
  expect(code, output).toBe(0)
})
