import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { RequirementId } from '../requirements'
import { findBrowser } from '../support/browser/browser.mjs'
import { switchVariable } from './apply'
import { citations, titlesOf } from './citations'

/** A test that did not pass, or a file that did not as a whole. */
export type Failed = { readonly file: string; readonly title: string }

/** How the tests of one run went. */
export type Verdict = { readonly passed: number; readonly failed: readonly Failed[] }

type Report = {
  readonly numPassedTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

/** They download the suite, which tests the tests' own server in part. */
const downloads = ['tests/conformance/server.test.ts', 'tests/conformance/authorization.test.ts']

/** Cheap ones first: the next are run only where these notice nothing. */
function stagesOf(files: readonly string[]): string[][] {
  const isE2e = (file: string) => file.startsWith('tests/e2e/')
  const needsServer = (file: string) => /^tests\/(endpoints|inside|conformance)\//.test(file)
  return [
    files.filter((file) => !isE2e(file) && !needsServer(file)),
    files.filter((file) => needsServer(file) && !downloads.includes(file)),
    findBrowser() ? files.filter(isE2e) : [],
  ].filter((stage) => stage.length > 0)
}

function readReport(tree: string, file: string, output: string): Verdict {
  let report: Report
  try {
    report = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw new Error(`the tests could not be run:\n${output.slice(-3000)}`)
  }
  const failed = report.testResults.flatMap(({ name, status, assertionResults }) => {
    const tests = assertionResults.filter((result) => result.status === 'failed')
    const titles = tests.map(({ fullName }) => fullName)
    if (status === 'failed' && titles.length === 0) titles.push('the file as a whole')
    return titles.map((title) => ({ file: path.relative(tree, name), title }))
  })
  return { passed: report.numPassedTests, failed }
}

/** Runs the tests of these files that cite one of these, in a copy of the tree. */
async function runStage(
  tree: string,
  files: readonly string[],
  ids: readonly RequirementId[],
  mutation: string,
  more: readonly string[],
): Promise<Verdict> {
  const file = path.join(tree, 'mutation.json')
  rmSync(file, { force: true })
  const args = ['run', ...files, '-t', titlesOf(ids), '--reporter=json', `--outputFile=${file}`]
  const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', ...args, ...more], {
    cwd: tree,
    env: { ...process.env, [switchVariable]: mutation, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const end = () => child.kill()
  process.once('exit', end)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  await new Promise((resolve) => child.once('close', resolve))
  process.off('exit', end)
  return readReport(tree, file, output)
}

const filesFor = (ids: readonly RequirementId[]): string[] =>
  [...citations()].filter(([, cited]) => ids.some((id) => cited.has(id))).map(([file]) => file)

/** Runs the tests of these files that cite one of these with no mutation on. */
export const runUnchanged = (
  tree: string,
  files: readonly string[],
  ids: readonly RequirementId[],
): Promise<Verdict> => runStage(tree, files, ids, '', [])

/** Runs the tests that cite one of these with a mutation on, until one fails. */
export async function runMutated(
  tree: string,
  ids: readonly RequirementId[],
  mutation: string,
): Promise<Verdict> {
  let passed = 0
  for (const stage of stagesOf(filesFor(ids))) {
    const verdict = await runStage(tree, stage, ids, mutation, ['--bail=1'])
    if (verdict.failed.length > 0) return verdict
    passed += verdict.passed
  }
  return { passed, failed: [] }
}
