import { readdirSync, readFileSync } from 'node:fs'
import { isRequirement, type RequirementId } from '../requirements'

/** A call of `verifies` in a test file, whose ids stand in the title of the test. */
const citation = /verifies\(\s*\[([^\]]*)\]/g

/** The ids that a test file cites. */
export const citedIn = (source: string): RequirementId[] =>
  [...source.matchAll(citation)].flatMap(([, list = '']) =>
    [...list.matchAll(/'(\w+)'/g)].flatMap(([, id = '']) => (isRequirement(id) ? [id] : [])),
  )

/** Test files by path, with the ids that each cites; those that test the counting are left out. */
export function citations(): ReadonlyMap<string, ReadonlySet<RequirementId>> {
  const files = readdirSync('tests', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts') && file !== 'coverage.test.ts')
    .map((file) => `tests/${file.replaceAll('\\', '/')}`)
  return new Map(files.map((file) => [file, new Set(citedIn(readFileSync(file, 'utf8')))]))
}

/** Matches the titles of tests that cite one of these. */
export const titlesOf = (ids: readonly RequirementId[]): string =>
  `\\[(?:\\w+ )*(?:${ids.join('|')})(?: \\w+)*\\]`
