'use client'
import { type FormEvent, useEffect, useState } from 'react'
import { type SignInAnswer, signInWithForm, signInWithPasskey } from '@/lib/auth/browser'

type SignInState = { readonly kind: 'idle' | 'pending' } | SignInAnswer

const oneSecondLess = (state: SignInState): SignInState => {
  if (state.kind !== 'throttled') return state
  return state.seconds > 1 ? { ...state, seconds: state.seconds - 1 } : { kind: 'idle' }
}

/** Signs in with a form's `email`, `password` and `code`, then loads `next` as a new page. */
export function useSignIn(next: string) {
  const [state, setState] = useState<SignInState>({ kind: 'idle' })
  const [asksCode, setAsksCode] = useState(false)
  const waiting = state.kind === 'throttled'

  useEffect(() => {
    if (!waiting) return
    const timer = setInterval(() => setState(oneSecondLess), 1000)
    return () => clearInterval(timer)
  }, [waiting])

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    await take(() => signInWithForm(form))
  }

  async function take(ask: () => Promise<SignInAnswer>) {
    setState({ kind: 'pending' })
    const answer = await ask()
    // A full load: the consent form and the dashboard must see the new cookie from the start.
    if (answer.kind === 'signed in') return window.location.assign(next)
    if (answer.kind === 'code-needed') setAsksCode(true)
    setState(answer)
  }

  function startAgain() {
    setAsksCode(false)
    setState({ kind: 'idle' })
  }

  return { state, asksCode, submit, startAgain, withPasskey: () => take(signInWithPasskey) }
}
