import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** The printed result of one scenario. */
export type ScenarioResult = {
  readonly name: string
  readonly passed: number
  readonly failed: number
  /** why a requirement set runs it without counting it; `null` if it counts */
  readonly notScored: string | null
}

const summaryLine = /^[✓✗] (\S+): (\d+) passed, (\d+) failed$/gm
const notScoredLine = /^ {2}[✓✗] (\S+) \((\S+)\)$/gm

/** Parses the summary at the end of the suite's output. */
export function scenarioResults(output: string): ScenarioResult[] {
  const summary = output.slice(output.lastIndexOf('=== SUMMARY ==='))
  const notScored = new Map(
    [...summary.matchAll(notScoredLine)].map(([, name = '', reason = '']) => [name, reason]),
  )
  return [...summary.matchAll(summaryLine)].map(([, name = '', passed, failed]) => ({
    name,
    passed: Number(passed),
    failed: Number(failed),
    notScored: notScored.get(name) ?? null,
  }))
}

type Check = { readonly id: string; readonly status: string; readonly errorMessage?: string }

/**
 * Unmet recommendations, which the suite does not print.
 *
 * @param directory where the suite wrote its checks
 */
export function conformanceWarnings(directory: string): string[] {
  return readdirSync(directory).flatMap((scenario) => {
    const file = path.join(directory, scenario, 'checks.json')
    const checks = JSON.parse(readFileSync(file, 'utf8')) as Check[]
    return checks
      .filter(({ status }) => status === 'WARNING')
      .map(({ id, errorMessage }) => `${scenario}: ${id}: ${errorMessage}`)
  })
}
