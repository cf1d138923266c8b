import { LinkButton } from '@/components/kit/links'
import { hrefOf } from '@/components/kit/list/hrefs'
import type { connectClient } from './clients'

type OwnClientProps = {
  readonly client: ReturnType<typeof connectClient>
  readonly canCreate: boolean
}

/** For a client that needs an id, and perhaps a secret, by hand. */
export function OwnClient({ client, canCreate }: OwnClientProps) {
  return (
    <section className="grid gap-2 border-t p-4 text-sm sm:px-5">
      <h3 className="font-medium">With an id and secret of your own</h3>
      <p className="text-pretty text-muted">
        {client.title} registers automatically, so this is not needed. Where you want to hand out an
        id yourself, it goes into {client.ownClient}.
      </p>
      {canCreate ? (
        <LinkButton
          href={hrefOf('/admin/clients/new', { for: client.id })}
          className="justify-self-start"
        >
          Create a client ID for {client.label}
        </LinkButton>
      ) : (
        <p className="text-muted">An administrator of this server can create one.</p>
      )}
    </section>
  )
}
