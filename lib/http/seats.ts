import { processWide } from '@/lib/process-wide'

/** A limit of what may be open at once under one key. */
export type Seat = {
  /** an id, or a constant for a limit on everything */
  readonly key: string
  readonly most: number
}

const taken = processWide('seats', () => new Map<string, number>())

/**
 * Takes a seat under each of these keys on this instance, or none if one of them has none left.
 *
 * @param kind what is opened; each kind has its own seats
 * @returns releases them, repeated calls do nothing; or the first seat that is not available
 */
export function takeSeats(kind: string, seats: readonly Seat[]): (() => void) | Seat {
  const keys = seats.map(({ key }) => `${kind} ${key}`)
  for (const [index, seat] of seats.entries()) {
    if ((taken.get(keys[index] ?? '') ?? 0) >= seat.most) return seat
  }
  for (const key of keys) taken.set(key, (taken.get(key) ?? 0) + 1)
  let isHeld = true
  return () => {
    if (!isHeld) return
    isHeld = false
    for (const key of keys) {
      const left = (taken.get(key) ?? 0) - 1
      if (left > 0) taken.set(key, left)
      else taken.delete(key)
    }
  }
}
