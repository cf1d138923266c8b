import { setTimeout as sleep } from 'node:timers/promises'
import { startPostgres } from '../support/database/postgres.mjs'
import { type LoadAnswer, startLoad } from '../support/load/mixed-load'
import { countCalls, isRefused, printedOf, recoveryMs } from '../support/load/outage'
import { cleanUp, launch } from '../support/server/portico-process'

/**
 * Stops PostgreSQL under load, and says what became of the calls: `npm run outage -- [seconds] [how]`,
 * where how is `stop` or `freeze`. Ends with 1 where an event is lost, something is answered 500, or it
 * takes 2 s or more until all is as before.
 */

const perSecond = 20
const [, , seconds = '30', how = 'stop'] = process.argv

async function run(): Promise<string[]> {
  const postgres = await startPostgres({ isDurable: true })
  if ('missing' in postgres) throw new Error(postgres.missing)
  const portico = await launch({ env: { DATABASE_URL: postgres.url }, isOptimised: true })
  try {
    const load = await startLoad(portico.origin, perSecond)
    await sleep(3000)
    const before = portico.output().length
    const goneAt = Date.now()
    if (how === 'freeze') postgres.freeze()
    else await postgres.halt()
    await sleep(Number(seconds) * 1000 - (Date.now() - goneAt))
    if (how === 'freeze') postgres.thaw()
    else await postgres.start()
    const backAt = Date.now()
    await sleep(6000)
    await load.stop()
    await sleep(2000)
    const printed = printedOf(portico.output().slice(before))
    const calls = await countCalls(postgres.url, load.answers)
    const during = load.answers.filter(({ at }) => at >= goneAt && at < backAt)
    for (const [status, of] of byStatus(during)) {
      console.log(`  ${status}  ${of.length} times, longest ${longest(of)} ms`)
    }
    const recovery = recoveryMs(load.answers, backAt)
    const faults = load.answers.filter(({ status }) => isRefused(status) && status !== 503)
    const silent = load.answers.filter(({ status, retryAfter }) => status === 503 && !retryAfter)
    console.log(`${load.answers.length} requests, ${during.length} of them while it was away`)
    console.log(
      `tool calls answered ${calls.answered}, written ${calls.written}, twice ${calls.twice}`,
    )
    console.log(
      `answers with 500 or none: ${faults.length}; 503 without Retry-After: ${silent.length}`,
    )
    console.log(`all was as before ${recovery} ms after it was back`)
    for (const line of [...printed.ofDatabase, ...printed.others]) console.log(`  | ${line}`)
    for (const { kind, status, text } of faults.slice(0, 5)) {
      console.log(`  ! ${kind} ${status} ${text.slice(0, 200)}`)
    }
    return [
      ...(calls.answered > calls.written ? ['events were lost'] : []),
      ...(calls.twice > 0 ? ['events were written twice'] : []),
      ...(calls.inOrder ? [] : ['events are out of order']),
      ...(faults.length > 0 ? ['there was an answer of 500, or none'] : []),
      ...(silent.length > 0 ? ['there was a 503 without Retry-After'] : []),
      ...(recovery >= 2000 ? ['recovery took 2 s or more'] : []),
      ...(printed.ofDatabase.length !== 2 ? ['not two lines about the database'] : []),
      ...(printed.others.length > 0 ? ['further lines on the console'] : []),
    ]
  } finally {
    await portico.stop()
    await cleanUp()
    await postgres.stop()
  }
}

function byStatus(answers: readonly LoadAnswer[]): [string, LoadAnswer[]][] {
  const groups = new Map<string, LoadAnswer[]>()
  for (const answer of answers) {
    const name = `${answer.kind}: ${answer.status}`
    groups.set(name, [...(groups.get(name) ?? []), answer])
  }
  return [...groups].sort(([one], [other]) => one.localeCompare(other))
}

const longest = (answers: readonly { at: number; endedAt: number }[]): number =>
  Math.max(...answers.map(({ at, endedAt }) => endedAt - at))

const misses = await run()
for (const miss of misses) console.log(`MISS: ${miss}`)
process.exit(misses.length > 0 ? 1 : 0)
