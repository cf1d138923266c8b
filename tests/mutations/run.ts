import { rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { withMutations } from './apply'
import { copyTree } from './copy'
import { mutations } from './list'
import type { Mutation } from './mutation'
import { sampleOf } from './sample'
import { shippedSources } from './sources'
import { runMutated, runUnchanged } from './verdict'

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

async function survives(tree: string, { name, breaks }: Mutation): Promise<boolean> {
  const { passed, failed } = await runMutated(tree, breaks, name)
  const [first] = failed
  const what = first ? `noticed   ${name}\n            by ${first}` : `SURVIVED  ${name}`
  console.log(first ? what : `${what}: ${passed} tests of ${breaks.join(', ')} pass without it`)
  return first === undefined
}

async function run(tree: string): Promise<number> {
  const ids = [...new Set(chosen.flatMap(({ breaks }) => breaks))]
  const { passed, failed } = await runUnchanged(tree, ids)
  console.log(`${passed} tests cite what is broken, and pass while nothing is`)
  if (failed.length > 0) throw new Error(`these do not:\n${failed.join('\n')}`)
  const surviving: string[] = []
  for (const mutation of chosen) {
    if (await survives(tree, mutation)) surviving.push(mutation.name)
  }
  console.log(`${chosen.length - surviving.length} of ${chosen.length} mutations noticed`)
  return surviving.length
}

console.log(`seed ${seed}: ${chosen.length} of ${mutations.length} mutations`)
const tree = copyTree(withMutations(chosen, shippedSources()))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
process.once('exit', () => rmSync(tree, { recursive: true, force: true }))
process.exit((await run(tree)) > 0 ? 1 : 0)
