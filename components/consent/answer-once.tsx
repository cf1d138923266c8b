'use client'
import { type ReactNode, useEffect, useRef, useState } from 'react'

/** How long a browser may take to leave the page before the way on is offered again. */
const offeredAfterMs = 1500

type Sent = { readonly decision: string | null; readonly isLate: boolean }

/** What is to be done with the form around an element while its answer is on its way. */
function watch(form: HTMLFormElement, tell: (sent: Sent) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const lock = () => {
    for (const button of form.querySelectorAll('button')) button.disabled = true
  }
  const onSubmit = (event: SubmitEvent) => {
    if (timer !== undefined) return event.preventDefault()
    const decision = event.submitter?.getAttribute('value') ?? null
    tell({ decision, isLate: false })
    // a button that is disabled before the form is read would not be in it
    setTimeout(lock)
    timer = setTimeout(() => tell({ decision, isLate: true }), offeredAfterMs)
  }
  const onShow = ({ persisted }: PageTransitionEvent) => {
    // kept as it was left: what became of the answer is on the server
    if (persisted) window.location.reload()
  }
  form.addEventListener('submit', onSubmit)
  window.addEventListener('pageshow', onShow)
  return () => {
    clearTimeout(timer)
    form.removeEventListener('submit', onSubmit)
    window.removeEventListener('pageshow', onShow)
  }
}

type AnswerOnceProps = {
  /** the buttons */
  readonly children: ReactNode
  /** where the answer goes */
  readonly place: string
  /** where it is given again */
  readonly href: string
}

/**
 * Sends the form around it once. The browser stays on this page where an answer opens an app, or the
 * place it goes to says nothing: so it says where the answer went, and offers the way there again.
 */
export function AnswerOnce({ children, place, href }: AnswerOnceProps) {
  const mark = useRef<HTMLDivElement>(null)
  const [sent, setSent] = useState<Sent | null>(null)
  useEffect(() => {
    const form = mark.current?.closest('form')
    return form ? watch(form, setSent) : undefined
  }, [])
  return (
    <div ref={mark}>
      {children}
      <p role="status" className="wrap-anywhere mt-3 text-pretty text-sm empty:hidden">
        {sent
          ? `${sent.decision === 'deny' ? 'You denied it.' : 'You allowed it.'} Your answer goes to ${place}.`
          : null}{' '}
        {sent?.isLate ? (
          <a href={href} className="text-accent-ink underline underline-offset-4">
            Nothing opened? Send it again
          </a>
        ) : null}
      </p>
    </div>
  )
}
