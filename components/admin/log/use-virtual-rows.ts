'use client'
import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/react-virtual'
import { type FocusEvent, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useKeys } from '@/components/kit/use-keys'
import type { EventRow } from '@/lib/admin/views'

/** Up to this length a list is rendered whole, so that the browser's search finds all of it. */
const WHOLE_UP_TO = 150
const ROW_PX = 47
const OVERSCAN = 15
/** The viewport height that the server assumes. */
const initialRect = { width: 1440, height: 900 }

/** A rendered row, and the height of the rows skipped above it. */
export type VirtualRow = {
  readonly row: EventRow
  readonly index: number
  readonly before: number
}

/** The event of the row that contains an element. */
function idAround(target: Element): string | null {
  const row = target.closest('li')?.querySelector('[data-log-row]')
  return row?.getAttribute('data-log-row') ?? null
}

/** `j` and `k` move the focus, also to a row not rendered yet; without focus, to the first. */
function useMoves(
  rows: readonly EventRow[],
  focusedId: string | null,
  setFocusedId: (id: string) => void,
) {
  useKeys((key) => {
    if (key !== 'j' && key !== 'k') return false
    const at = rows.findIndex(({ id }) => id === focusedId)
    const next = rows[at < 0 ? 0 : at + (key === 'j' ? 1 : -1)]
    if (!next) return rows.length > 0
    flushSync(() => setFocusedId(next.id))
    const row = document.querySelector<HTMLElement>(`[data-log-row="${CSS.escape(next.id)}"]`)
    row?.focus()
    row?.scrollIntoView({ block: 'nearest' })
    return true
  })
}

/** The rows near the viewport, plus the open and the focused one, which must stay mounted. */
function inPage(range: Range, pinned: readonly number[]): number[] {
  if (range.count <= WHOLE_UP_TO) return Array.from({ length: range.count }, (_, index) => index)
  const near = new Set([...defaultRangeExtractor(range), ...pinned.filter((index) => index >= 0)])
  return [...near].sort((a, b) => a - b)
}

/** Which rows of a window-scrolled list to render. @param openId always rendered */
export function useVirtualRows(rows: readonly EventRow[], openId: string | null) {
  const listRef = useRef<HTMLOListElement>(null)
  const [top, setTop] = useState(0)
  const [focusedId, setFocusedId] = useState<string | null>(null)
  useMoves(rows, focusedId, setFocusedId)
  const pinned = [openId, focusedId].map((id) =>
    id === null ? -1 : rows.findIndex((row) => row.id === id),
  )
  const virtualizer = useWindowVirtualizer<HTMLLIElement>({
    count: rows.length,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    scrollMargin: top,
    initialRect,
    getItemKey: (index) => rows[index]?.id ?? index,
    rangeExtractor: (range) => inPage(range, pinned),
  })
  useLayoutEffect(() => {
    const list = listRef.current
    if (list) setTop(Math.round(list.getBoundingClientRect().top + window.scrollY))
  }, [])
  let end = top
  const items = virtualizer
    .getVirtualItems()
    .flatMap(({ index, start, end: below }): VirtualRow[] => {
      const before = start - end
      end = below
      const row = rows[index]
      return row ? [{ row, index, before }] : []
    })
  return {
    listRef,
    measure: virtualizer.measureElement,
    items,
    after: Math.max(0, virtualizer.getTotalSize() + top - end),
    onFocus: (event: FocusEvent) => setFocusedId(idAround(event.target)),
    onBlur: () => setFocusedId(null),
  }
}
