'use client'
import { useActionState } from 'react'
import { Made, NewRecordForm } from '@/components/kit/new-record-form'
import { Checkbox } from '@/components/ui/checkbox'
import { Field, LinesField } from '@/components/ui/field'
import type { createClient, NewClientState } from '@/lib/admin/clients/changes'
import type { ClientTemplate } from '@/lib/admin/clients/known'
import { Credentials } from './credentials'

const path = '/admin/clients'

const initialOf = (template: ClientTemplate | undefined): NewClientState => ({
  input: {
    name: template?.name ?? '',
    redirectUris: template?.redirectUris.join('\n') ?? '',
    confidential: template?.confidential ?? true,
    clientCredentials: false,
  },
  problems: {},
  made: null,
})

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
  readonly template?: ClientTemplate | undefined
}

/** The form for a new client; then shows its id and, once, its secret. */
export function NewClientForm({ create, template }: NewClientFormProps) {
  const [{ input, problems, made }, action, pending] = useActionState(create, initialOf(template))
  const shown = made && (
    <Made
      title={`${input.name} is ready`}
      sentence={`Paste ${made.clientSecret ? 'these' : 'this'} into the software that is to use this server.`}
      href={path}
      back="Back to the clients"
    >
      <Credentials clientId={made.clientId} secret={made.clientSecret} />
    </Made>
  )
  return (
    <NewRecordForm
      action={action}
      pending={pending}
      href={path}
      submit="Create client"
      busy="Creating…"
      made={shown}
    >
      <Questions input={input} problems={problems} />
    </NewRecordForm>
  )
}
