'use server'
import { redirect } from 'next/navigation'
import { open } from '@/lib/auth/declared'
import { acceptInvite } from '@/lib/auth/invite'
import { before, form } from '@/lib/http/sent'

/** What the form shows again after an error; never the password. */
export type InviteForm = {
  readonly problems: Readonly<Record<string, string>>
  readonly name: string
}

/** Redeems a link. */
export const accept = open(
  { proof: 'the one-time token of the link', takes: [before, form] },
  async (_, __, fields): Promise<InviteForm> => {
    const name = fields.text('name').trim()
    const problems = await acceptInvite({
      token: fields.text('token'),
      name,
      password: fields.text('password'),
    })
    if (problems) return { problems, name }
    redirect('/sign-in?notice=set-up&switch=1')
  },
)
