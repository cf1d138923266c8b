'use client'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog, DialogContent } from '@/components/ui/dialog'

type RecoveryCodesDialogProps = {
  /** `null` while there are none */
  readonly codes: readonly string[] | null
  readonly onClose: () => void
  /** restores the focus after closing */
  readonly onClosed: () => void
}

/** Shows recovery codes once. A click outside must not close it. */
export function RecoveryCodesDialog({ codes, onClose, onClosed }: RecoveryCodesDialogProps) {
  return (
    <Dialog open={codes !== null} onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        heading="Your recovery codes"
        description="Each works once when you do not have your phone. They are not shown again: keep them where you keep your passwords."
        onInteractOutside={(event) => event.preventDefault()}
        onClosed={onClosed}
      >
        <div className="mt-4 grid gap-4">
          <ul
            aria-label="Recovery codes"
            className="grid grid-cols-2 gap-x-4 gap-y-1.5 rounded-lg border bg-canvas p-3 font-mono text-sm"
          >
            {codes?.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
          <div className="flex flex-wrap justify-end gap-2">
            <CopyButton
              value={codes?.join('\n') ?? ''}
              what="recovery codes"
              label="Copy all"
              variant="secondary"
            />
            <Button variant="primary" onClick={onClose}>
              I saved these codes
            </Button>
          </div>
        </div>
      </DialogContent>
    </Dialog>
  )
}
