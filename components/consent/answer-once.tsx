'use client'
import { type ReactNode, useEffect, useRef, useState } from 'react'

/** How long a browser may take to leave the page before the link is offered again. */
const offeredAfterMs = 1500

type Sent = { readonly decision: string | null; readonly isLate: boolean }

/** Locks the form around an element once it is submitted. Returns a function that detaches. */
function watch(form: HTMLFormElement, onSent: (sent: Sent) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const lock = () => {
    for (const button of form.querySelectorAll('button')) button.disabled = true
  }
  const onSubmit = (event: SubmitEvent) => {
    if (timer !== undefined) return event.preventDefault()
    const decision = event.submitter?.getAttribute('value') ?? null
    onSent({ decision, isLate: false })
    // later: a disabled button is left out of the submitted form
    setTimeout(lock)
    timer = setTimeout(() => onSent({ decision, isLate: true }), offeredAfterMs)
  }
  const onShow = ({ persisted }: PageTransitionEvent) => {
    // restored from the back/forward cache: only the server knows what became of the answer
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
  readonly redirectHost: string
  /** sends the answer again */
  readonly href: string
}

/**
 * Submits the form around it once. The browser stays on this page if the answer opens an app or its
 * host does not respond: so it says where the answer went, and offers to send it again.
 */
export function AnswerOnce({ children, redirectHost, href }: AnswerOnceProps) {
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
          ? `${sent.decision === 'deny' ? 'You denied it.' : 'You allowed it.'} Your answer goes to ${redirectHost}.`
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
