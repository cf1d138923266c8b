import { rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { withMutations } from './apply'
import { copyTree } from './copy'
import { mutations } from './list'
import type { Mutation } from './mutation'
import { sampleOf } from './sample'
import { shippedSources } from './sources'
import { type Failed, runMutated, runUnchanged } from './verdict'

/**
 * `npm run mutations`: takes behaviours away, one after another, and runs the tests that cite the
 * requirement behind each. One that all of them pass without is a requirement that nothing proves.
 *
 * `--seed 7` takes the same sample again, `--sample 40` a larger one, and `--only words` those whose
 * names have these words. The tree is copied, and built once; the working tree stays as it is.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    sample: { type: 'string', default: '20' },
    only: { type: 'string', multiple: true, default: [] },
  },
})
const seed = Number(values.seed ?? Date.now() % 100_000)
const chosen =
  values.only.length > 0
    ? mutations.filter(({ name }) => values.only.some((words) => name.includes(words)))
    : sampleOf(mutations, Number(values.sample), seed)

/** @returns the test that noticed, or `null` */
async function noticing(tree: string, { name, breaks }: Mutation): Promise<Failed | null> {
  const { passed, failed } = await runMutated(tree, breaks, name)
  const [first = null] = failed
  const ids = breaks.join(', ')
  if (first) console.log(`noticed   ${name}\n          by ${first.file}: ${first.title}`)
  else if (passed > 0) console.log(`SURVIVED  ${name}: ${passed} tests of ${ids} pass`)
  else console.log(`NOT RUN   ${name}: no test of ${ids} could be run`)
  return first
}

/** A test that fails anyway has noticed nothing. */
async function checkUnchanged(tree: string, noticed: readonly Failed[]): Promise<void> {
  const files = [...new Set(noticed.map(({ file }) => file))]
  const ids = chosen.flatMap(({ breaks }) => breaks)
  const { passed, failed } = await runUnchanged(tree, files, ids)
  console.log(`without a mutation ${passed} tests of these files pass`)
  const anyway = failed.map(({ file, title }) => `${file}: ${title}`)
  if (anyway.length > 0) throw new Error(`these fail without one, too:\n${anyway.join('\n')}`)
}

async function run(tree: string): Promise<number> {
  const noticed: Failed[] = []
  for (const mutation of chosen) {
    const by = await noticing(tree, mutation)
    if (by) noticed.push(by)
  }
  console.log(`${noticed.length} of ${chosen.length} mutations noticed`)
  if (noticed.length > 0) await checkUnchanged(tree, noticed)
  return chosen.length - noticed.length
}

console.log(`seed ${seed}: ${chosen.length} of ${mutations.length} mutations`)
const tree = copyTree(withMutations(chosen, shippedSources()))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
process.once('exit', () => rmSync(tree, { recursive: true, force: true }))
process.exit((await run(tree)) > 0 ? 1 : 0)
