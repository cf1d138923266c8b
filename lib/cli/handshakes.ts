import { resetHandshakes } from '@/lib/recorder/handshake-join'
import { joinEverything, joinNow } from '@/lib/recorder/joiner'
import { type ListedHandshake, listStoredHandshakes } from '@/lib/store/handshakes/handshakes'
import { visible } from '@/lib/text'
import { runCommand } from './commands'

const usage = 'usage: npm run handshakes -- list | rebuild'
const listed = 50
const pageSize = 500

function line(handshake: ListedHandshake): string {
  const { verdict, clientName, retryOfId } = handshake
  const at = 'stage' in verdict ? ` at ${verdict.stage}` : ''
  return [
    handshake.startedAt.toISOString(),
    handshake.id.padEnd(12),
    handshake.surface.padEnd(13),
    `${verdict.kind}${at}`.padEnd(34),
    clientName === null ? '' : visible(clientName, 60),
    retryOfId === null ? '' : `retry of ${retryOfId}`,
  ]
    .join('  ')
    .trimEnd()
}

/** Joins what a stopped server left over, then lists the handshakes. */
async function list(): Promise<void> {
  await joinNow()
  for (const handshake of await listStoredHandshakes({}, listed)) console.log(line(handshake))
}

async function countAll(): Promise<number> {
  let count = 0
  for (let last: string | undefined; ; ) {
    const page = await listStoredHandshakes({}, pageSize, last)
    count += page.length
    last = page.at(-1)?.id
    if (page.length < pageSize) return count
  }
}

async function rebuild(): Promise<void> {
  await resetHandshakes()
  let turns = 0
  await joinEverything(() => {
    turns += 1
    if (turns % 20 === 0) console.log(`${turns} turns`)
  })
  console.log(`${await countAll()} handshakes, rebuilt from the log`)
}

await runCommand(usage, { list, rebuild })
