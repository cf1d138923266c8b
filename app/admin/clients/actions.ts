'use server'
import { revalidatePath } from 'next/cache'
import type { NewClientState, RotationOutcome } from '@/components/admin/clients/client-actions'
import type { Outcome } from '@/components/admin/outcome'
import {
  createClient,
  disableClient,
  enableClient,
  removeClient,
  rotateClientSecret,
} from '@/lib/admin/client-changes'
import { requireOperator } from '@/lib/auth/session'

const path = '/admin/clients'

const textOf = (form: FormData, field: string): string => {
  const value = form.get(field)
  return typeof value === 'string' ? value : ''
}

/** Makes a client. Its secret is in the answer and nowhere else. */
export async function create(_: NewClientState, form: FormData): Promise<NewClientState> {
  await requireOperator('admin', '/admin/clients/new')
  const input = {
    name: textOf(form, 'name'),
    redirectUris: textOf(form, 'redirectUris'),
    confidential: form.has('confidential'),
    clientCredentials: form.has('clientCredentials'),
  }
  const result = await createClient(input)
  if (!result.ok) return { input, problems: result.problems, made: null }
  revalidatePath('/admin', 'layout')
  const { clientId, clientSecret } = result
  return { input, problems: {}, made: { clientId, clientSecret } }
}

async function changed(
  change: (id: string) => Promise<{ readonly name: string } | null>,
  id: string,
  said: (name: string) => string,
): Promise<Outcome> {
  await requireOperator('admin', path)
  const client = await change(String(id))
  revalidatePath('/admin', 'layout')
  return client
    ? { ok: true, message: said(client.name) }
    : { ok: false, message: 'This client does not exist any more' }
}

/** Disables a client: its tokens are refused. */
export const disable = async (id: string): Promise<Outcome> =>
  changed(disableClient, id, (name) => `${name} is disabled, and its tokens are refused`)

/** Lets a disabled client in again. */
export const enable = async (id: string): Promise<Outcome> =>
  changed(enableClient, id, (name) => `${name} is enabled again`)

/** Deletes a client with its connections and tokens. */
export const remove = async (id: string): Promise<Outcome> =>
  changed(removeClient, id, (name) => `${name} is deleted, with its connections and tokens`)

/** Gives a client a new secret. */
export async function rotateSecret(id: string): Promise<RotationOutcome> {
  await requireOperator('admin', path)
  const secret = await rotateClientSecret(String(id))
  revalidatePath('/admin', 'layout')
  return secret
    ? { ok: true, message: 'The old secret has ended', secret }
    : { ok: false, message: 'This client has no secret', secret: null }
}
