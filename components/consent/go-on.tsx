'use client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const EVERY_MS = 2000

/** Refreshes the page every 2 s until its state changes. */
export function PollAnswer() {
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), EVERY_MS)
    return () => clearInterval(timer)
  }, [router])
  return null
}

/** Navigates there: the answer redirects to another site, which fetch could not follow. */
export function RedirectTo({ href }: { href: string }) {
  useEffect(() => window.location.replace(href), [href])
  return null
}
