'use client'
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react'

type Selection = {
  /** the rows of the page */
  readonly ids: readonly string[]
  readonly chosen: readonly string[]
  readonly choose: (ids: readonly string[]) => void
}

const Chosen = createContext<Selection>({ ids: [], chosen: [], choose: () => {} })

/** The selected rows of a page; a row that leaves the page is deselected. */
export function SelectionProvider({
  ids,
  children,
}: {
  readonly ids: readonly string[]
  readonly children: ReactNode
}) {
  const [marked, choose] = useState<readonly string[]>([])
  const chosen = marked.filter((id) => ids.includes(id))
  return <Chosen value={{ ids, chosen, choose }}>{children}</Chosen>
}

/** The selected rows, and a function that selects others. */
export const useSelection = (): Selection => useContext(Chosen)

// a label around the box makes the target large enough
const target = 'grid size-6 shrink-0 cursor-pointer place-items-center max-md:size-11'
const box = 'size-4 cursor-pointer accent-accent max-md:size-5'

/** Selects one row. @param label the row's name */
export function SelectRow({ id, label }: { readonly id: string; readonly label: string }) {
  const { chosen, choose } = useSelection()
  const isChosen = chosen.includes(id)
  return (
    <label className={target}>
      <input
        type="checkbox"
        aria-label={`Select ${label}`}
        checked={isChosen}
        onChange={() => choose(isChosen ? chosen.filter((other) => other !== id) : [...chosen, id])}
        className={box}
      />
    </label>
  )
}

/** Selects all rows of the page, or none. */
export function SelectPage() {
  const { ids, chosen, choose } = useSelection()
  const input = useRef<HTMLInputElement>(null)
  const isWhole = ids.length > 0 && chosen.length === ids.length
  useEffect(() => {
    if (input.current) input.current.indeterminate = chosen.length > 0 && !isWhole
  }, [chosen.length, isWhole])
  return (
    <label className={target}>
      <input
        ref={input}
        type="checkbox"
        aria-label="Select all on this page"
        checked={isWhole}
        onChange={() => choose(isWhole ? [] : ids)}
        className={box}
      />
    </label>
  )
}
