import { toast } from 'sonner'
import type { ActionResult } from '@/lib/admin/outcome'

export type { ActionResult }

/** Long enough to read, think, and get there by keyboard. */
const undoableForMs = 15_000

type Press = { readonly currentTarget: { blur(): void } }

/** Shows the result of an action. @param undo reverts it, if that is harmless */
export function showResult({ ok, message }: ActionResult, undo?: () => void): void {
  if (!ok) return void toast.error(message)
  const onClick =
    undo &&
    (({ currentTarget }: Press) => {
      // return the focus now, not when the last notice leaves and something else has it
      currentTarget.blur()
      undo()
    })
  toast.success(message, onClick && { action: { label: 'Undo', onClick }, duration: undoableForMs })
}
