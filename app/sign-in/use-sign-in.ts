'use client'
import { useEffect, useState } from 'react'
import type { SignInAnswer } from '@/lib/auth/browser'

/** How an attempt stands. */
export type SignInState = { readonly kind: 'idle' | 'pending' } | SignInAnswer

const oneSecondLess = (state: SignInState): SignInState => {
  if (state.kind !== 'throttled') return state
  return state.seconds > 1 ? { ...state, seconds: state.seconds - 1 } : { kind: 'idle' }
}

/**
 * Asks for a session, then loads `next` as a new page; or holds what went wrong.
 *
 * @param now when the page was made, in milliseconds since the epoch
 */
export function useSignIn(next: string, now: number) {
  const [state, setState] = useState<SignInState>({ kind: 'idle' })
  // the server's clock, which this machine's need not agree with
  const [aheadMs] = useState(() => Date.now() - now)
  const waiting = state.kind === 'throttled'

  useEffect(() => {
    if (!waiting) return
    const timer = setInterval(() => setState(oneSecondLess), 1000)
    return () => clearInterval(timer)
  }, [waiting])

  async function take(ask: () => Promise<SignInAnswer>) {
    setState({ kind: 'pending' })
    const answer = await ask()
    // A full load: the consent form and the dashboard must see the new cookie from the start. By way of
    // the sign-in page, which leads on, or says that the browser did not keep it.
    if (answer.kind === 'signed in') {
      const entered = String(Date.now() - aheadMs)
      const query = new URLSearchParams({ next, entered, at: window.location.origin })
      window.location.assign(`/sign-in?${query}`)
    } else if (answer.kind === 'cookie-lost') {
      window.location.assign(`/sign-in?${new URLSearchParams({ next, error: answer.error })}`)
    } else setState(answer)
    return answer
  }

  return { state, take, reset: () => setState({ kind: 'idle' }) }
}
