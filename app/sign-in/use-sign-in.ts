'use client'
import { useEffect, useState } from 'react'
import type { SignInAnswer } from '@/lib/auth/browser'

/** The state of an attempt. */
export type SignInState = { readonly kind: 'idle' | 'pending' } | SignInAnswer

const oneSecondLess = (state: SignInState): SignInState => {
  if (state.kind !== 'throttled') return state
  return state.seconds > 1 ? { ...state, seconds: state.seconds - 1 } : { kind: 'idle' }
}

/**
 * Signs in, then loads `next` as a new page; or holds the error.
 *
 * @param now when the page was rendered, in ms since the epoch
 */
export function useSignIn(next: string, now: number) {
  const [state, setState] = useState<SignInState>({ kind: 'idle' })
  // the server's clock; the browser's may differ
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
    // A full load, so that the next page sees the new cookie. The sign-in page redirects, or reports
    // that the browser did not keep the cookie.
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
