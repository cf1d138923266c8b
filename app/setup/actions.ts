'use server'
import { redirect } from 'next/navigation'
import { open } from '@/lib/auth/declared'
import { completeSetup } from '@/lib/auth/setup'
import { before, form } from '@/lib/http/sent'

/** What the set-up form shows again after an error; never the password. */
export type SetupForm = {
  readonly problems: Readonly<Record<string, string>>
  readonly email: string
  readonly name: string
}

/** Creates the first admin. */
export const createFirstAdmin = open(
  { proof: 'the one-time token from the console', takes: [before, form] },
  async (_, __, fields): Promise<SetupForm> => {
    const email = fields.text('email').trim()
    const name = fields.text('name').trim()
    const problems = await completeSetup({
      token: fields.text('token'),
      email,
      password: fields.text('password'),
      name: name || undefined,
    })
    if (problems) return { problems, email, name }
    redirect('/sign-in?notice=set-up')
  },
)
