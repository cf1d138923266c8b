'use client'
import { useEffect, useState } from 'react'
import type { SearchHit } from '@/lib/admin/search'

/** Finds things by name or id, on the server. */
export type Search = (text: string) => Promise<readonly SearchHit[]>

const TYPING_MS = 180
const SHORTEST = 2

type Found = { readonly text: string; readonly hits: readonly SearchHit[] }

/** What goes by `text`, a moment after it was typed; the last answer stays until the next one. */
export function useSearch(search: Search, text: string) {
  const [found, setFound] = useState<Found>({ text: '', hits: [] })
  const isAsked = text.length >= SHORTEST
  useEffect(() => {
    if (!isAsked) return
    let current = true
    const timer = setTimeout(() => {
      search(text)
        .then((hits) => current && setFound({ text, hits }))
        // whoever cannot be answered can still go to a list and search there
        .catch(() => current && setFound({ text, hits: [] }))
    }, TYPING_MS)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [search, text, isAsked])
  return { hits: isAsked ? found.hits : [], searching: isAsked && found.text !== text }
}
