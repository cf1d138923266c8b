'use client'
import { createContext, type ReactNode, useContext, useOptimistic } from 'react'
import type { ConnectionRow } from '@/lib/admin/connections/rows'

/** What of a connection is shown before the server has confirmed it. */
export type Expectation = Partial<Pick<ConnectionRow, 'state' | 'label'>>

type Expectations = Readonly<Record<string, Expectation>>

type Expected = {
  readonly by: Expectations
  /** must be called inside a transition; it holds until the transition is over */
  readonly expect: (ids: readonly string[], what: Expectation) => void
}

const Context = createContext<Expected>({ by: {}, expect: () => {} })

/** Lets what is inside show a harmless change at once. */
export function ExpectedProvider({ children }: { readonly children: ReactNode }) {
  const [by, add] = useOptimistic<Expectations, Expectations>({}, (all, more) => ({
    ...all,
    ...more,
  }))
  const expect: Expected['expect'] = (ids, what) =>
    add(Object.fromEntries(ids.map((id) => [id, { ...by[id], ...what }])))
  return <Context value={{ by, expect }}>{children}</Context>
}

/** Shows a change before it is confirmed. */
export const useExpect = (): Expected['expect'] => useContext(Context).expect

/** A connection as it will be when what is under way is done. */
export function useExpected<Row extends { readonly id: string }>(row: Row): Row & Expectation {
  return { ...row, ...useContext(Context).by[row.id] }
}
