import { processWide } from '@/lib/process-wide'
import manifest from '@/package.json' with { type: 'json' }

export const version: string = manifest.version

/** When this process started. */
export const startedAt = (): Date => processWide('started-at', () => new Date())
