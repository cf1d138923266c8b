'use client'
import { useLinkStatus } from 'next/link'
import { type ReactNode, useEffect } from 'react'
import { createStore } from '@/components/kit/store'
import { SectionSkeleton } from './section-skeleton'
import { isWithin, useSections } from './sections'

/**
 * A skeleton of the section being loaded. Rendered by the browser and not by
 * `loading.tsx`: a streamed page would answer 200 before its guard redirects, and without
 * JavaScript would never show the streamed part.
 */

/** A page that loads faster needs no skeleton. */
const SHOWN_AFTER_MS = 150

const pendingHref = createStore<string | null>(null)

/** Inside a link of the shell: tells {@link LoadingContent} while its page loads. */
export function LinkPending({ href }: { readonly href: string }) {
  const { pending } = useLinkStatus()
  useEffect(() => {
    if (!pending) return
    const timer = setTimeout(() => pendingHref.set(href), SHOWN_AFTER_MS)
    return () => {
      clearTimeout(timer)
      pendingHref.set(null)
    }
  }, [pending, href])
  return null
}

/** The page, or the skeleton of the one being loaded. */
export function LoadingContent({ children }: { readonly children: ReactNode }) {
  const href = pendingHref.useValue()
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
