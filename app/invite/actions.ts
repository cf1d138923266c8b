'use server'
import { redirect } from 'next/navigation'
import { acceptInvite } from '@/lib/auth/invite'
import { textOf } from '../form-text'

/** What the form of a link shows again after a refusal; never the password. */
export type InviteForm = {
  readonly problems: Readonly<Record<string, string>>
  readonly name: string
}

/** Uses up a link. The one-time token in it is the guard. */
export async function accept(_: InviteForm, form: FormData): Promise<InviteForm> {
  const name = textOf(form, 'name').trim()
  const result = await acceptInvite({
    token: textOf(form, 'token'),
    name,
    password: textOf(form, 'password'),
  })
  if (!result.ok) return { problems: result.problems, name }
  redirect('/sign-in?notice=set-up&switch=1')
}
