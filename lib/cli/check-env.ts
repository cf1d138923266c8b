import { readEnv } from '@/lib/env'
import { say } from './log.mjs'

try {
  readEnv(process.env)
} catch (error) {
  say('error', error instanceof Error ? error.message : String(error))
  process.exit(1)
}
