import { toast } from 'sonner'

/** Long enough to read what was done, to think, and to get there by keyboard. */
const undoableForMs = 15_000

/** How an action of the dashboard went; the message is ready to show. */
export type Outcome = { readonly ok: boolean; readonly message: string }

/** Says how an action went. @param undo takes it back, where that is harmless */
export function tell({ ok, message }: Outcome, undo?: () => void): void {
  if (ok)
    toast.success(
      message,
      undo && { action: { label: 'Undo', onClick: undo }, duration: undoableForMs },
    )
  else toast.error(message)
}
