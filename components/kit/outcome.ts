import { toast } from 'sonner'
import type { Outcome } from '@/lib/admin/outcome'

export type { Outcome }

/** Long enough to read what was done, to think, and to get there by keyboard. */
const undoableForMs = 15_000

type Press = { readonly currentTarget: { blur(): void } }

/** Says how an action went. @param undo takes it back, where that is harmless */
export function tell({ ok, message }: Outcome, undo?: () => void): void {
  if (!ok) return void toast.error(message)
  const onClick =
    undo &&
    (({ currentTarget }: Press) => {
      // the notices give the focus back now, not when the last of them leaves and something else has it
      currentTarget.blur()
      undo()
    })
  toast.success(message, onClick && { action: { label: 'Undo', onClick }, duration: undoableForMs })
}
