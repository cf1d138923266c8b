'use client'
import { Button } from '@/components/ui/button'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import type { ClientRow } from '@/lib/admin/clients/clients'
import { Credentials } from './credentials'

type SecretDialogProps = {
  readonly client: Pick<ClientRow, 'id' | 'name'>
  /** `null` while there is none */
  readonly secret: string | null
  readonly onClose: () => void
  /** restores the focus after closing */
  readonly onClosed: () => void
}

/** Shows a new secret once. A click outside must not close it. */
export function SecretDialog({ client, secret, onClose, onClosed }: SecretDialogProps) {
  return (
    <Dialog open={secret !== null} onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        heading={`The new secret of ${client.name}`}
        description="The old secret no longer works. Paste this one where the app keeps it."
        className="max-w-lg"
        onInteractOutside={(event) => event.preventDefault()}
        onClosed={onClosed}
      >
        <div className="mt-4 grid min-w-0 gap-4">
          <Credentials clientId={client.id} secret={secret} />
          <Button variant="primary" className="md:justify-self-end" onClick={onClose}>
            Done
          </Button>
        </div>
      </DialogContent>
    </Dialog>
  )
}
