import { toast } from 'sonner'

/** How an action of the dashboard went; the message is ready to show. */
export type Outcome = { readonly ok: boolean; readonly message: string }

/** Says how an action went. */
export function tell({ ok, message }: Outcome): void {
  if (ok) toast.success(message)
  else toast.error(message)
}
