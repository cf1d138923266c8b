import type { ReactNode } from 'react'
import { OwnShell } from '@/components/own/own-shell'
import { Toaster } from '@/components/ui/toaster'
import { currentOperator } from '@/lib/auth/session'
import { OwnSignOut } from './own-sign-out'
import { Reader } from './reader'

/** The layout of `/account` and `/connections`. */
export async function OwnLayout({ children }: { children: ReactNode }) {
  const person = await currentOperator()
  // Each page redirects to sign-in itself, since only the page knows its own URL.
  if (!person) return children
  return (
    <Reader>
      <OwnShell person={person} signOut={<OwnSignOut />}>
        {children}
      </OwnShell>
      <Toaster />
    </Reader>
  )
}
