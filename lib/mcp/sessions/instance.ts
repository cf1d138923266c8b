import { randomBytes } from 'node:crypto'
import { processWide } from '@/lib/process-wide'

/** The id of this process among those that share a database; new with every start. */
export const instanceId: string = processWide('instance', () =>
  randomBytes(9).toString('base64url'),
)
