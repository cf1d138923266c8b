'use client'
import { useLinkStatus } from 'next/link'
import { type ReactNode, useEffect, useSyncExternalStore } from 'react'
import { SectionSkeleton } from './section-skeleton'
import { isWithin, useSections } from './sections'

/**
 * A skeleton of the section being loaded. Rendered by the browser and not by
 * `loading.tsx`: a streamed page would answer 200 before its guard redirects, and without
 * JavaScript would never show the streamed part.
 */

/** A page that loads faster needs no skeleton. */
const SHOWN_AFTER_MS = 150

let pendingHref: string | null = null
const listeners = new Set<() => void>()

function set(href: string | null) {
  pendingHref = href
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Inside a link of the shell: tells {@link LoadingContent} while its page loads. */
export function LinkPending({ href }: { readonly href: string }) {
  const { pending } = useLinkStatus()
  useEffect(() => {
    if (!pending) return
    const timer = setTimeout(() => set(href), SHOWN_AFTER_MS)
    return () => {
      clearTimeout(timer)
      set(null)
    }
  }, [pending, href])
  return null
}

/** The page, or the skeleton of the one being loaded. */
export function LoadingContent({ children }: { readonly children: ReactNode }) {
  const href = useSyncExternalStore(
    subscribe,
    () => pendingHref,
    () => null,
  )
  const sections = useSections()
  const section = href === null ? undefined : sections.find((item) => isWithin(href, item.href))
  return (
    <>
      <p role="status" className="sr-only">
        {section ? `Loading ${section.label}` : ''}
      </p>
      {section ? <SectionSkeleton title={section.label} shape={section.shape ?? 'list'} /> : null}
      <div className={section ? 'hidden' : 'contents'}>{children}</div>
    </>
  )
}
