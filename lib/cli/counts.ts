import { newestEventId } from '@/lib/store/events/events'
import { countWritten, resetEventHours } from '@/lib/store/events/hours'
import { runCommand } from './commands'

const usage = 'usage: npm run counts -- rebuild'

/** Recounts the events of the log by the hour. */
async function rebuild(): Promise<void> {
  // the running server counts the newest events, because it knows when they are complete
  const settled = await newestEventId()
  await resetEventHours()
  await new Promise((resolve) => setTimeout(resolve, 20_000))
  while (await countWritten(settled));
  console.log('the events were recounted')
}

await runCommand(usage, { rebuild })
