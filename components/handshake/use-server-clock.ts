'use client'
import { useEffect, useState } from 'react'

const TICK_MS = 250
/** Up to here the difference is the way of the page to the browser, not a clock that is wrong. */
const TRUSTED_MS = 5000

/**
 * The server's clock in the browser, renewed four times a second while `running`.
 *
 * @param now ISO 8601: the server's clock when the page was made
 * @returns milliseconds since the epoch
 */
export function useServerClock(now: string, running: boolean): number {
  const made = Date.parse(now)
  const [at, setAt] = useState(made)
  useEffect(() => {
    const difference = Date.now() - made
    const ahead = Math.abs(difference) < TRUSTED_MS ? 0 : difference
    const tick = () => setAt(Date.now() - ahead)
    tick()
    if (!running) return
    const timer = setInterval(tick, TICK_MS)
    return () => clearInterval(timer)
  }, [made, running])
  return Math.max(at, made)
}
