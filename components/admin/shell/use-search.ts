'use client'
import { useEffect, useState } from 'react'
import { hrefOf } from '@/components/kit/list/hrefs'
import type { SearchHit } from '@/lib/admin/search'

const TYPING_MS = 180
const SHORTEST = 2

type Found = { readonly text: string; readonly hits: readonly SearchHit[] }

async function ask(text: string, signal: AbortSignal): Promise<readonly SearchHit[]> {
  const response = await fetch(hrefOf('/admin/search', { q: text }), { signal })
  // on an error the user can still search in a list
  return response.ok ? response.json() : []
}

/** Debounced search results for `text`; the last results stay until the next ones. */
export function useSearch(text: string) {
  const [found, setFound] = useState<Found>({ text: '', hits: [] })
  const isAsked = text.length >= SHORTEST
  useEffect(() => {
    if (!isAsked) return
    const abort = new AbortController()
    const timer = setTimeout(() => {
      ask(text, abort.signal)
        .catch((): readonly SearchHit[] => [])
        .then((hits) => abort.signal.aborted || setFound({ text, hits }))
    }, TYPING_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [text, isAsked])
  return { hits: isAsked ? found.hits : [], searching: isAsked && found.text !== text }
}
