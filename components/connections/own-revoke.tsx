import { LinkButton } from '@/components/kit/links'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import type { ConnectionRow } from '@/lib/admin/connections/rows'

type OwnRevokeProps = {
  readonly connection: ConnectionRow
  readonly revoke: (form: FormData) => Promise<void>
}

/** Confirms a revocation; a page, so that it needs no JavaScript. */
export function OwnRevoke({ connection, revoke }: OwnRevokeProps) {
  const { id, label, clientName } = connection
  return (
    <Card className="mx-auto grid w-full max-w-lg gap-4 p-5 sm:p-6">
      <h1 className="wrap-anywhere text-balance font-semibold text-xl">
        Revoke {label ?? `the connection of ${clientName}`}?
      </h1>
      <div className="grid gap-2 text-pretty text-muted">
        <p>
          {clientName} loses what you allowed it. Its tokens stop working within a second, and calls
          under way are refused.
        </p>
        <p>This cannot be undone. To come back, it has to be connected and allowed again.</p>
      </div>
      <form action={revoke} className="flex justify-end gap-2 max-md:flex-col-reverse">
        <input type="hidden" name="id" value={id} />
        <LinkButton href={`/connections/${id}`}>Keep it</LinkButton>
        <Button type="submit" variant="danger">
          Revoke connection
        </Button>
      </form>
    </Card>
  )
}
