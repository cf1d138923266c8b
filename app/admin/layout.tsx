import type { ReactNode } from 'react'
import { ApprovalBell } from '@/components/admin/approvals/approval-bell'
import { NoAccess } from '@/components/admin/no-access'
import { Shell } from '@/components/admin/shell/shell'
import { Toaster } from '@/components/ui/toaster'
import { waitingApprovals } from '@/lib/admin/approvals/approvals'
import { currentOperator, includesRole } from '@/lib/auth/session'
import { Reader } from '../reader'
import { sectionsFor } from './sections'
import { SignOut } from './sign-out'

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const operator = await currentOperator()
  // Each page redirects to sign-in itself, since only the page knows its own URL.
  if (!operator) return children
  if (!includesRole(operator.role, 'viewer')) return <NoAccess email={operator.email} />
  const waiting = await waitingApprovals()
  return (
    <Reader>
      <Shell
        operator={operator}
        sections={sectionsFor(operator.role)}
        signOut={<SignOut />}
        bell={waiting === null ? null : <ApprovalBell waiting={waiting} />}
      >
        {children}
      </Shell>
      <Toaster />
    </Reader>
  )
}
