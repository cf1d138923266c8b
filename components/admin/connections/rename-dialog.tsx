'use client'
import type { FormEvent } from 'react'
import type { DialogOpening } from '@/components/ui/alert-dialog'
import { Button } from '@/components/ui/button'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import type { ConnectionRow } from '@/lib/admin/connections/rows'

type RenameDialogProps = DialogOpening & {
  readonly connection: ConnectionRow
  readonly rename: (id: string, label: string) => void
}

/** Asks for a name that distinguishes this connection from others of its client. */
export function RenameDialog(props: RenameDialogProps) {
  const { connection, rename, open, onOpenChange, onClosed } = props
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const label = String(new FormData(event.currentTarget).get('label') ?? '')
    onOpenChange(false)
    if (label.trim() !== (connection.label ?? '')) rename(connection.id, label)
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        heading={`Rename the connection of ${connection.clientName}`}
        description="The name is for people here; the client does not learn of it."
        onClosed={onClosed}
      >
        <form onSubmit={submit} className="mt-4 grid gap-4">
          <Field
            label="Name"
            name="label"
            defaultValue={connection.label ?? ''}
            placeholder={connection.clientName}
            hint={`Leave it empty to call it ${connection.clientName} again.`}
            maxLength={60}
            autoComplete="off"
          />
          <div className="flex justify-end gap-2 max-md:flex-col-reverse">
            <Button onClick={() => onOpenChange(false)}>Cancel</Button>
            <Button type="submit" variant="primary">
              Rename
            </Button>
          </div>
        </form>
      </DialogContent>
    </Dialog>
  )
}
