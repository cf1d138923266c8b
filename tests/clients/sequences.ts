import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { EventRow } from '@/lib/admin/views'
import type { Driver } from './driver'

const folder = path.join(import.meta.dirname, '../../test-results/clients')

/** Keeps what the log says of an attempt, to be looked at and made a recording of. */
export function keepSequence(driver: Driver, step: string, events: readonly EventRow[]): void {
  mkdirSync(folder, { recursive: true })
  const name = `${driver.id}-${step}.json`
  writeFileSync(path.join(folder, name), `${JSON.stringify(events, null, 1)}\n`)
}
