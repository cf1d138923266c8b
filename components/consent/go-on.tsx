'use client'
import { useEffect } from 'react'

/** Goes there, as a browser does: the answer leads to another site, which no fetch could follow. */
export function GoOn({ href }: { href: string }) {
  useEffect(() => window.location.replace(href), [href])
  return null
}
