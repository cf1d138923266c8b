import { BellRing } from 'lucide-react'
import { Pager } from '@/components/kit/list/pager'
import { LiveRefresh } from '@/components/kit/live-refresh'
import { PageHeader } from '@/components/kit/page-header'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Kbd } from '@/components/ui/kbd'
import type { ApprovalRow } from '@/lib/admin/approvals/approvals'
import type { PageOf } from '@/lib/admin/views'
import { type ApprovalActions, ApprovalList } from './approval-list'

const path = '/admin/approvals'

function Empty({ isOn }: { isOn: boolean }) {
  return (
    <Card>
      <EmptyState
        icon={BellRing}
        title={isOn ? 'Nobody is waiting' : 'Nothing waits for approval here'}
      >
        {isOn ? (
          'When a member or a viewer allows a client that no operator has approved, it appears here, and the bell counts it.'
        ) : (
          <>
            Users decide alone. To have an operator approve new clients first, set{' '}
            <code className="font-mono text-xs">PORTICO_CLIENT_APPROVAL=first-seen</code> and start
            the server again.
          </>
        )}
      </EmptyState>
    </Card>
  )
}

function Keys() {
  return (
    <p className="text-muted text-xs max-md:hidden">
      <Kbd>j</Kbd> and <Kbd>k</Kbd> move between them, <Kbd>a</Kbd> approves and <Kbd>d</Kbd> denies
      the one in focus.
    </p>
  )
}

type ApprovalsViewProps = {
  readonly query: { readonly cursor?: string }
  readonly page: PageOf<ApprovalRow> & { readonly isOn: boolean }
  /** absent for viewers */
  readonly actions: ApprovalActions | undefined
}

/** Consents that need an operator's approval. */
export function ApprovalsView({ query, page, actions }: ApprovalsViewProps) {
  const isEmpty = page.rows.length === 0
  return (
    <>
      <PageHeader
        title={
          <>
            Approvals <LiveRefresh names="consent." />
          </>
        }
        description="People who wait for an operator. Approving approves the client for everyone; denying ends this one request."
      />
      {isEmpty ? <Empty isOn={page.isOn} /> : <ApprovalList rows={page.rows} actions={actions} />}
      {actions && !isEmpty ? <Keys /> : null}
      <Pager path={path} query={query} page={page} />
    </>
  )
}
