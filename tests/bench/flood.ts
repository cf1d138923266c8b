import { parseArgs } from 'node:util'
import { buildIfNeeded } from '@/lib/cli/build.mjs'
import { startPostgres } from '../support/database/postgres.mjs'
import { boundsOfFlood, faultsOf, type Witnessed, watchFlood } from '../support/load/flood-witness'
import { cleanUp } from '../support/server/portico-process'

/**
 * `npm run flood`: requests of mixed kinds from strangers against a server that is started for it, on
 * the embedded database and on PostgreSQL. Ends with 1 where the server loses what it promises
 * (docs/threat-model.md): memory, disk, answers, or the alert of a real stall.
 */
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '1800' },
    seed: { type: 'string', default: '1' },
    /** everybody has one address, as behind a proxy that is not configured */
    shared: { type: 'boolean', default: false },
    /** `embedded` or `postgres`; both unless one is named */
    on: { type: 'string' },
  },
})

function print({ flooded, ...seen }: Witnessed): void {
  for (const [kind, statuses] of [...flooded.answers].sort()) {
    const counts = [...statuses].sort(([one], [other]) => one - other)
    console.log(`  ${kind.padEnd(30)}${counts.map(([status, n]) => `${status}: ${n}`).join('  ')}`)
  }
  const { calls, signIns, memory, database, toldAfterMs, otherAlerts } = seen
  const mib = (value: number) => `${value.toFixed(0)} MiB`
  console.log(`took ${flooded.seconds.toFixed(0)} s`)
  console.log(
    `a client's calls: ${calls.answered} answered, ${calls.failed} not, slowest ${calls.slowestMs} ms`,
  )
  console.log(`a person's sign-ins: ${signIns.accepted} accepted, ${signIns.refused} refused`)
  console.log(
    `memory: ${mib(memory.before)} before, ${mib(memory.after)} after, ${mib(memory.most)} at most`,
  )
  console.log(`database: ${mib(database.before)} before, ${mib(database.after)} after`)
  console.log(`the stall was told ${toldAfterMs === null ? 'never' : `after ${toldAfterMs} ms`}`)
  for (const text of otherAlerts) console.log(`  also told: ${text.split('\n', 1)[0]}`)
}

function missesOf(seen: Witnessed): string[] {
  const { calls, signIns, memory, database, toldAfterMs } = seen
  const faults = faultsOf(seen)
  return [
    ...(faults > 0 ? [`${faults} requests were answered 5xx, or not at all`] : []),
    ...(calls.failed > 0 ? ['a call of a connected client was not answered'] : []),
    ...(signIns.refused > 0 ? ['a sign-in of a known browser was refused'] : []),
    ...(memory.after > memory.before + boundsOfFlood.memory
      ? ['memory grew beyond its bound']
      : []),
    ...(database.after > database.before + boundsOfFlood.log + boundsOfFlood.others
      ? ['the database grew beyond its bound']
      : []),
    ...(toldAfterMs === null ? ['the stall was not told'] : []),
  ]
}

async function run(on: string): Promise<string[]> {
  console.log(`\n${on}`)
  const seen = await watchFlood({
    requests: Number(values.requests),
    seconds: Number(values.seconds),
    seed: Number(values.seed),
    hops: values.shared ? 0 : 1,
  })
  print(seen)
  await cleanUp()
  const misses = missesOf(seen)
  for (const miss of misses) console.log(`MISS: ${miss}`)
  return misses
}

await buildIfNeeded()
const misses: string[] = []
if (values.on !== 'postgres') misses.push(...(await run('embedded')))
if (values.on !== 'embedded') {
  const postgres = await startPostgres()
  if ('missing' in postgres) throw new Error(postgres.missing)
  process.env.TEST_DATABASE_URL = postgres.url
  misses.push(...(await run('postgres').finally(postgres.stop)))
}
process.exit(misses.length > 0 ? 1 : 0)
