import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { ApprovalBell } from '@/components/admin/approvals/approval-bell'
import { NoAccess } from '@/components/admin/no-access'
import { Shell } from '@/components/admin/shell/shell'
import { ThemeProvider } from '@/components/theme/theme-provider'
import { ClockProvider } from '@/components/ui/clock'
import { LocaleProvider } from '@/components/ui/locale'
import { Toaster } from '@/components/ui/toaster'
import { waitingApprovals } from '@/lib/admin/approvals'
import { currentOperator, includesRole } from '@/lib/auth/session'
import { readersLocale } from '@/lib/http/locale'
import { SignOut } from './sign-out'

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const operator = await currentOperator()
  // Each page sends strangers to sign in, since only it knows the way back to itself.
  if (!operator) return children
  if (!includesRole(operator.role, 'viewer')) return <NoAccess email={operator.email} />
  const waiting = await waitingApprovals()
  const sent = await headers()
  return (
    <LocaleProvider locale={readersLocale(sent.get('accept-language'))}>
      <ThemeProvider nonce={sent.get('x-nonce') ?? undefined}>
        <ClockProvider now={Date.now()}>
          <Shell
            operator={operator}
            signOut={<SignOut />}
            bell={waiting === null ? null : <ApprovalBell waiting={waiting} />}
          >
            {children}
          </Shell>
          <Toaster />
        </ClockProvider>
      </ThemeProvider>
    </LocaleProvider>
  )
}
