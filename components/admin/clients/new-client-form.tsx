'use client'
import Link from 'next/link'
import { useActionState } from 'react'
import { Button, buttonVariants } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/checkbox'
import { Field, LinesField } from '@/components/ui/field'
import type { createClient, NewClientState } from '@/lib/admin/clients/changes'
import type { KnownClient } from '@/lib/admin/clients/known'
import { Credentials } from './credentials'

const initialOf = (template: KnownClient | undefined): NewClientState => ({
  input: {
    name: template?.name ?? '',
    redirectUris: template?.redirectUris.join('\n') ?? '',
    confidential: template?.confidential ?? true,
    clientCredentials: false,
  },
  problems: {},
  made: null,
})

function Made({ name, made }: { name: string; made: NonNullable<NewClientState['made']> }) {
  return (
    <Card className="grid max-w-2xl gap-4 p-4 sm:p-5">
      <div>
        <h2 className="font-semibold text-lg">{name} is ready</h2>
        <p className="mt-0.5 text-muted text-sm">
          Paste {made.clientSecret ? 'these' : 'this'} into the software that is to use this server.
        </p>
      </div>
      <Credentials clientId={made.clientId} secret={made.clientSecret} />
      <Link
        href="/admin/clients"
        className={buttonVariants({ variant: 'primary', className: 'md:justify-self-start' })}
      >
        Back to the clients
      </Link>
    </Card>
  )
}

function Questions({ input, problems }: Pick<NewClientState, 'input' | 'problems'>) {
  return (
    <>
      <Field
        label="Name"
        name="name"
        defaultValue={input.name}
        problem={problems.name}
        hint="People see it when they are asked to allow the app."
        maxLength={100}
        autoComplete="off"
        required
      />
      <LinesField
        label="Redirect URIs"
        name="redirectUris"
        defaultValue={input.redirectUris}
        problem={problems.redirectUris}
        hint="Where answers go, one to a line, exactly as the app sends them. Not needed for an app that only gets tokens for itself."
        placeholder="https://app.example.com/callback"
        rows={4}
        spellCheck={false}
      />
      <Checkbox
        name="confidential"
        label="Keeps a secret"
        hint="For software on a server. What runs in a browser or on a person’s device cannot keep one."
        defaultChecked={input.confidential}
      />
      <Checkbox
        name="clientCredentials"
        label="Machine-to-machine (no user)"
        hint="Without a person who allows it, and in your name (client_credentials, RFC 6749 §4.4)."
        defaultChecked={input.clientCredentials}
        problem={problems.clientCredentials}
      />
    </>
  )
}

type NewClientFormProps = {
  readonly create: typeof createClient
  /** initial values */
  readonly template?: KnownClient | undefined
}

/** The form for a new client; then shows its id and, once, its secret. */
export function NewClientForm({ create, template }: NewClientFormProps) {
  const [{ input, problems, made }, action, pending] = useActionState(create, initialOf(template))
  return (
    // Always rendered, so that screen readers announce the new client.
    <div aria-live="polite" className="min-w-0">
      {made ? (
        <Made name={input.name} made={made} />
      ) : (
        <Card className="max-w-2xl p-4 sm:p-5">
          <form action={action} className="grid gap-5">
            <Questions input={input} problems={problems} />
            <div className="flex gap-2 max-md:flex-col-reverse md:justify-end">
              <Link href="/admin/clients" className={buttonVariants()}>
                Cancel
              </Link>
              <Button type="submit" variant="primary" disabled={pending}>
                {pending ? 'Creating…' : 'Create client'}
              </Button>
            </div>
          </form>
        </Card>
      )}
    </div>
  )
}
