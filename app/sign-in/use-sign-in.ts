'use client'
import { useEffect, useState } from 'react'
import type { SignInAnswer } from '@/lib/auth/browser'

/** How an attempt stands. */
export type SignInState = { readonly kind: 'idle' | 'pending' } | SignInAnswer

const oneSecondLess = (state: SignInState): SignInState => {
  if (state.kind !== 'throttled') return state
  return state.seconds > 1 ? { ...state, seconds: state.seconds - 1 } : { kind: 'idle' }
}

/** Asks for a session, then loads `next` as a new page; or holds what went wrong. */
export function useSignIn(next: string) {
  const [state, setState] = useState<SignInState>({ kind: 'idle' })
  const waiting = state.kind === 'throttled'

  useEffect(() => {
    if (!waiting) return
    const timer = setInterval(() => setState(oneSecondLess), 1000)
    return () => clearInterval(timer)
  }, [waiting])

  async function take(ask: () => Promise<SignInAnswer>) {
    setState({ kind: 'pending' })
    const answer = await ask()
    // A full load: the consent form and the dashboard must see the new cookie from the start.
    if (answer.kind === 'signed in') window.location.assign(next)
    else setState(answer)
    return answer
  }

  return { state, take, reset: () => setState({ kind: 'idle' }) }
}
