'use client'
import { useEffect, useState } from 'react'

const TICK_MS = 250
/** Up to this difference it is network latency and not a wrong clock. */
const TRUSTED_MS = 5000

/**
 * The server's clock in the browser, updated four times a second while `running`.
 *
 * @param now ISO 8601: the server's clock at rendering
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
