import { toast } from 'sonner'

/** How an action of the dashboard went; the message is ready to show. */
export type Outcome = { readonly ok: boolean; readonly message: string }

/** Says how an action went. @param undo takes it back, where that is harmless */
export function tell({ ok, message }: Outcome, undo?: () => void): void {
  if (ok) toast.success(message, undo ? { action: { label: 'Undo', onClick: undo } } : undefined)
  else toast.error(message)
}
