import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { NoAccess } from '@/components/admin/no-access'
import { Shell } from '@/components/admin/shell/shell'
import { ClockProvider } from '@/components/ui/clock'
import { LocaleProvider } from '@/components/ui/locale'
import { Toaster } from '@/components/ui/toaster'
import { currentOperator, includesRole } from '@/lib/auth/session'
import { readersLocale } from '@/lib/http/locale'
import { SignOut } from './sign-out'

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const operator = await currentOperator()
  // Each page sends strangers to sign in, since only it knows the way back to itself.
  if (!operator) return children
  if (!includesRole(operator.role, 'viewer')) return <NoAccess email={operator.email} />
  return (
    <LocaleProvider locale={readersLocale((await headers()).get('accept-language'))}>
      <ClockProvider now={Date.now()}>
        <Shell operator={operator} signOut={<SignOut />}>
          {children}
        </Shell>
        <Toaster />
      </ClockProvider>
    </LocaleProvider>
  )
}
