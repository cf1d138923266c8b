'use server'
import { redirect } from 'next/navigation'
import { completeSetup } from '@/lib/auth/setup'
import { textOf } from '../form-text'

/** What the set-up form shows again after a refusal; never the password. */
export type SetupForm = {
  readonly problems: Readonly<Record<string, string>>
  readonly email: string
  readonly name: string
}

/** Creates the first admin. The one-time token from the console is the guard. */
export async function createFirstAdmin(_: SetupForm, form: FormData): Promise<SetupForm> {
  const email = textOf(form, 'email').trim()
  const name = textOf(form, 'name').trim()
  const result = await completeSetup({
    token: textOf(form, 'token'),
    email,
    password: textOf(form, 'password'),
    name: name || undefined,
  })
  if (!result.ok) return { problems: result.problems, email, name }
  redirect('/sign-in?notice=set-up')
}
