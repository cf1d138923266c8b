'use client'
import { useEffect } from 'react'

/** Navigates there: the answer redirects to another site, which fetch could not follow. */
export function RedirectTo({ href }: { href: string }) {
  useEffect(() => window.location.replace(href), [href])
  return null
}
