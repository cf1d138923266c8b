import { newestEventId } from '@/lib/store/events/events'
import { countWritten, resetEventHours } from '@/lib/store/events/hours'
import { runCommand } from './commands'

const usage = 'usage: npm run counts -- rebuild'

/** Counts the events of the log by the hour anew. */
async function rebuild(): Promise<void> {
  // events of the last moments are left to the running server, which knows when they are settled
  const settled = await newestEventId()
  await resetEventHours()
  await new Promise((resolve) => setTimeout(resolve, 20_000))
  while (await countWritten(settled));
  console.log('the events were counted anew')
}

await runCommand(usage, { rebuild })
