import nextEnv from '@next/env'
import { closeDatabase } from '@/lib/store/database'
import { countWritten, resetEventHours } from '@/lib/store/event-hours'
import { newestEventId } from '@/lib/store/events'

const usage = 'usage: npm run counts -- rebuild'

/** `npm run counts -- rebuild`: counts the events of the log by the hour anew. */
async function main(): Promise<number> {
  nextEnv.loadEnvConfig(process.cwd(), false, { info: () => {}, error: console.error })
  if (process.argv[2] !== 'rebuild') {
    console.error(usage)
    return 2
  }
  try {
    // events of the last moments are left to the running server, which knows when they are settled
    const settled = await newestEventId()
    await resetEventHours()
    await new Promise((resolve) => setTimeout(resolve, 20_000))
    while (await countWritten(settled));
    console.log('the events were counted anew')
    return 0
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    return 1
  } finally {
    await closeDatabase()
  }
}

process.exitCode = await main()
