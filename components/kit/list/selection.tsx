'use client'
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react'

type Selection = {
  /** the rows of the page */
  readonly ids: readonly string[]
  readonly selected: readonly string[]
  readonly select: (ids: readonly string[]) => void
}

const SelectionContext = createContext<Selection>({ ids: [], selected: [], select: () => {} })

/** The selected rows of a page; a row that leaves the page is deselected. */
export function SelectionProvider({
  ids,
  children,
}: {
  readonly ids: readonly string[]
  readonly children: ReactNode
}) {
  const [marked, select] = useState<readonly string[]>([])
  const selected = marked.filter((id) => ids.includes(id))
  return <SelectionContext value={{ ids, selected, select }}>{children}</SelectionContext>
}

/** The selected rows, and a function that selects others. */
export const useSelection = (): Selection => useContext(SelectionContext)

// a label around the box makes the target large enough
const target = 'grid size-6 shrink-0 cursor-pointer place-items-center max-md:size-11'
const box = 'size-4 cursor-pointer accent-accent max-md:size-5'

/** Selects one row. @param label the row's name */
export function SelectRow({ id, label }: { readonly id: string; readonly label: string }) {
  const { selected, select } = useSelection()
  const isOn = selected.includes(id)
  return (
    <label className={target}>
      <input
        type="checkbox"
        aria-label={`Select ${label}`}
        checked={isOn}
        onChange={() => select(isOn ? selected.filter((one) => one !== id) : [...selected, id])}
        className={box}
      />
    </label>
  )
}

/** Selects all rows of the page, or none. */
export function SelectPage() {
  const { ids, selected, select } = useSelection()
  const input = useRef<HTMLInputElement>(null)
  const isWhole = ids.length > 0 && selected.length === ids.length
  useEffect(() => {
    if (input.current) input.current.indeterminate = selected.length > 0 && !isWhole
  }, [selected.length, isWhole])
  return (
    <label className={target}>
      <input
        ref={input}
        type="checkbox"
        aria-label="Select all on this page"
        checked={isWhole}
        onChange={() => select(isWhole ? [] : ids)}
        className={box}
      />
    </label>
  )
}
