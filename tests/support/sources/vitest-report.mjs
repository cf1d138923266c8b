import { existsSync, readFileSync } from 'node:fs'

/**
 * Summarises a report of vitest's `json` reporter. A file that does not load has no failed test of
 * its own, nor has an error outside of any test: each still counts as a failure.
 *
 * @param {string} file the report
 * @param {number | null} code vitest's exit code
 * @returns {{ passed: number, failed: number, skipped: number }}
 */
export function countVitest(file, code) {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 }
  const report = JSON.parse(readFileSync(file, 'utf8'))
  const broken = report.testResults.filter(
    (/** @type {{ status: string, assertionResults: { status: string }[] }} */ result) =>
      result.status === 'failed' && !result.assertionResults.some((one) => one.status === 'failed'),
  )
  const failed = report.numFailedTests + broken.length
  return {
    passed: report.numPassedTests,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}
