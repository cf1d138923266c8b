import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { OwnShell } from '@/components/connections/own-shell'
import { currentOperator } from '@/lib/auth/session'
import { Reader } from '../reader'
import { SignOutButton } from './sign-out-button'

// Under `no-referrer` a form without JavaScript posts `Origin: null`, which Next refuses.
export const metadata: Metadata = { referrer: 'same-origin' }

export default async function OwnLayout({ children }: { children: ReactNode }) {
  const person = await currentOperator()
  // Each page sends strangers to sign in, since only it knows the way back to itself.
  if (!person) return children
  return (
    <Reader>
      <OwnShell person={person} signOut={<SignOutButton />}>
        {children}
      </OwnShell>
    </Reader>
  )
}
