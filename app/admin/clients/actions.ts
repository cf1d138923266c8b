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
import { countUnusedClients, deleteUnusedClients } from '@/lib/admin/client-cleanup'
import { countConsequences } from '@/lib/admin/client-page'
import type { Consequences } from '@/lib/admin/record-views'
import { requireOperator } from '@/lib/auth/session'
import { isTicked, textOf } from '../../form-text'

const path = '/admin/clients'

/** Makes a client. Its secret is in the answer and nowhere else. */
export async function create(_: NewClientState, form: FormData): Promise<NewClientState> {
  await requireOperator('admin', '/admin/clients/new')
  const input = {
    name: textOf(form, 'name'),
    redirectUris: textOf(form, 'redirectUris'),
    confidential: isTicked(form, 'confidential'),
    clientCredentials: isTicked(form, 'clientCredentials'),
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

/** Counts what would end with a client, for the dialog that asks. */
export async function consequences(id: string): Promise<Consequences> {
  await requireOperator('admin', path)
  return countConsequences(String(id))
}

/** How many clients registered more than so many hours ago and were never approved. */
export async function countUnused(hours: number): Promise<number> {
  await requireOperator('admin', path)
  return countUnusedClients(Number(hours))
}

/** Deletes clients that registered more than so many hours ago and were never approved. */
export async function deleteUnused(hours: number): Promise<Outcome> {
  await requireOperator('admin', path)
  const count = await deleteUnusedClients(Number(hours))
  revalidatePath('/admin', 'layout')
  if (count === 0) return { ok: false, message: 'There is none to delete any more' }
  const clients = count === 1 ? '1 client is' : `${count} clients are`
  return { ok: true, message: `${clients} deleted` }
}
