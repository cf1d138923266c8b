'use client'
import { useReducer } from 'react'
import type { EventRow } from '@/lib/admin/views'
import { MOST_EVENTS, mergeEvents, recountEvents } from './merge-events'

type LogRows = {
  /** newest first */
  readonly rows: readonly EventRow[]
  /** arrived and held while the user reads */
  readonly waiting: readonly EventRow[]
  /** ids that arrived while the page was open */
  readonly fresh: ReadonlySet<string>
  /** older rows were dropped */
  readonly trimmed: boolean
}

type Change =
  | { readonly kind: 'arrived'; readonly rows: readonly EventRow[]; readonly hold: boolean }
  | { readonly kind: 'recounted'; readonly rows: readonly EventRow[] }
  | { readonly kind: 'released' }
  | { readonly kind: 'replaced'; readonly rows: readonly EventRow[] }

const initialState = (rows: readonly EventRow[]): LogRows => ({
  rows,
  waiting: [],
  fresh: new Set(),
  trimmed: false,
})

function shown(state: LogRows, arrived: readonly EventRow[]): LogRows {
  const rows = mergeEvents(state.rows, arrived)
  // The stream starts a little before the page's newest event and repeats some.
  if (rows === state.rows) return { ...state, waiting: [] }
  const known = new Set(state.rows.map((row) => row.id))
  return {
    rows,
    waiting: [],
    fresh: new Set(arrived.flatMap((row) => (known.has(row.id) ? [] : [row.id]))),
    trimmed: state.trimmed || rows.length === MOST_EVENTS,
  }
}

function reduce(state: LogRows, change: Change): LogRows {
  if (change.kind === 'replaced') return initialState(change.rows)
  if (change.kind === 'recounted') {
    const recounted = (rows: readonly EventRow[]) => recountEvents(rows, change.rows)
    return { ...state, rows: recounted(state.rows), waiting: recounted(state.waiting) }
  }
  if (change.kind === 'released') return shown(state, state.waiting)
  if (!change.hold) return shown(state, mergeEvents(state.waiting, change.rows))
  const known = new Set(state.rows.map((row) => row.id))
  const unknown = change.rows.filter((row) => !known.has(row.id))
  return { ...state, waiting: mergeEvents(state.waiting, unknown) }
}

/** The shown events and the held ones; at most {@link MOST_EVENTS} of each. */
export function useLogRows(initial: readonly EventRow[]) {
  const [state, dispatch] = useReducer(reduce, initial, initialState)
  return {
    ...state,
    arrive: (rows: readonly EventRow[], hold: boolean) => dispatch({ kind: 'arrived', rows, hold }),
    recount: (rows: readonly EventRow[]) => dispatch({ kind: 'recounted', rows }),
    release: () => dispatch({ kind: 'released' }),
    replace: (rows: readonly EventRow[]) => dispatch({ kind: 'replaced', rows }),
  }
}
