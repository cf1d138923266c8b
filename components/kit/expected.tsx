'use client'
import { createContext, type ReactNode, useContext, useOptimistic } from 'react'
import type { ConnectionRow } from '@/lib/admin/connections/rows'

/** The optimistic state of a connection. */
type Expectation = Partial<Pick<ConnectionRow, 'state' | 'label'>>

type Expectations = Readonly<Record<string, Expectation>>

type Expected = {
  readonly by: Expectations
  /** call inside a transition; lasts until the transition ends */
  readonly expect: (ids: readonly string[], what: Expectation) => void
}

const Context = createContext<Expected>({ by: {}, expect: () => {} })

/** Enables optimistic updates for its children. */
export function ExpectedProvider({ children }: { readonly children: ReactNode }) {
  const [by, add] = useOptimistic<Expectations, Expectations>({}, (all, more) => ({
    ...all,
    ...more,
  }))
  const expect: Expected['expect'] = (ids, what) =>
    add(Object.fromEntries(ids.map((id) => [id, { ...by[id], ...what }])))
  return <Context value={{ by, expect }}>{children}</Context>
}

/** Shows a change before the server confirms it. */
export const useExpect = (): Expected['expect'] => useContext(Context).expect

/** A connection with its pending changes applied. */
export function useExpected<Row extends { readonly id: string }>(row: Row): Row & Expectation {
  return { ...row, ...useContext(Context).by[row.id] }
}
