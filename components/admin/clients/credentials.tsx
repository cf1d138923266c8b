import { useId } from 'react'
import { Copyable } from '@/components/kit/copyable'
import { Callout } from '@/components/ui/callout'

function Credential({ name, value }: { name: string; value: string }) {
  const id = useId()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls
    <div role="group" aria-labelledby={id} className="grid gap-1.5">
      <span id={id} className="font-medium text-sm">
        {name}
      </span>
      <Copyable value={value} what={name.toLowerCase()} />
    </div>
  )
}

type CredentialsProps = { readonly clientId: string; readonly secret: string | null }

/** A client's id and, once, its secret. */
export function Credentials({ clientId, secret }: CredentialsProps) {
  return (
    <div className="grid min-w-0 gap-4">
      <Credential name="Client id" value={clientId} />
      {secret ? (
        <>
          <Credential name="Client secret" value={secret} />
          <Callout tone="warn">
            Copy the secret now: it will not be shown again. If it gets lost, rotate it.
          </Callout>
        </>
      ) : null}
    </div>
  )
}
