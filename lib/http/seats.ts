import { processWide } from '@/lib/process-wide'

/** What may be open at once: under this key, so many. */
export type Seat = {
  /** whose: an id, or what stands for all */
  readonly key: string
  readonly most: number
}

const taken = processWide('seats', () => new Map<string, number>())

/**
 * Takes a seat under each of these keys, on this instance, or none where one of them has none left.
 *
 * @param kind of what is opened; the same key has seats of its own for each
 * @returns gives them back, once however often it is called; or the first seat that is not to be had
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
