'use client'
import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react'

const TICK_MS = 10_000

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let current = Date.now()

function tick() {
  current = Date.now()
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  if (!timer) {
    timer = setInterval(tick, TICK_MS)
    tick()
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

const ServerNow = createContext<number | null>(null)

/** Passes the server's clock to the first render, so that hydration matches. */
export function ClockProvider({ now, children }: { now: number; children: ReactNode }) {
  return <ServerNow value={now}>{children}</ServerNow>
}

/** Milliseconds since the epoch, updated every ten seconds; null without a server clock. */
export function useNow(): number | null {
  const server = useContext(ServerNow)
  return useSyncExternalStore<number | null>(
    subscribe,
    () => current,
    () => server,
  )
}

const never = () => () => {}

/** Whether the page is hydrated, so that the reader's time zone and locale are known. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
