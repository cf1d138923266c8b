import { RefreshCw, Stethoscope } from 'lucide-react'
import { ActionButton } from '@/components/kit/action-button'
import { FindingCard } from '@/components/kit/finding/finding-card'
import { DataTable } from '@/components/kit/list/data-table'
import { PageHeader } from '@/components/kit/page-header'
import { Callout } from '@/components/ui/callout'
import { Card, CardHeader, CardTitle, TableCard } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { RelativeTime } from '@/components/ui/relative-time'
import type { SelfCheckData as Check, repeatSelfCheck } from '@/lib/admin/overview/self-check'
import { probeColumns } from './probe-columns'

/** The result in a sentence; possible causes do not make it a failure. */
function Summary({ check }: { check: Check }) {
  const faults = check.findings.filter(({ confidence }) => confidence !== 'possible').length
  if (faults > 0) {
    return (
      <Callout tone="bad">
        {faults === 1 ? 'One thing stands' : `${faults} things stand`} between clients and this
        server.
      </Callout>
    )
  }
  const wrong = check.looks.filter(({ right }) => !right).length
  if (wrong > 0) {
    return (
      <Callout tone="warn">
        {wrong} of {check.looks.length} answers were not what a client needs.
      </Callout>
    )
  }
  return (
    <Callout tone="ok">
      Every document and every challenge is served as a client needs it, as seen from this server.
    </Callout>
  )
}

function Probes({ check }: { check: Check }) {
  return (
    <TableCard>
      <CardHeader className="flex-wrap border-b py-2">
        <CardTitle>What was asked and answered</CardTitle>
        <span className="wrap-anywhere font-mono text-muted text-xs">
          {new URL(check.origin).host}
          {check.addresses.length > 0 ? ` → ${check.addresses.join(', ')}` : ' → no address'}
        </span>
      </CardHeader>
      <DataTable
        caption="The requests that this server made to itself"
        rows={check.looks}
        columns={probeColumns}
        keyOf={(row) => row.target}
      />
    </TableCard>
  )
}

const notYet = (
  <Card>
    <EmptyState icon={Stethoscope} title="Not checked yet">
      This server asks itself what a client would ask, through its public address. It takes a few
      seconds and changes nothing.
    </EmptyState>
  </Card>
)

type SelfCheckViewProps = {
  readonly check: Check
  /** absent for viewers */
  readonly again?: typeof repeatSelfCheck
}

/** The server as seen from outside, and its problems. */
export function SelfCheckView({ check, again }: SelfCheckViewProps) {
  return (
    <>
      <PageHeader
        title="Self-check"
        description={
          <>
            What the world sees of this server: everything a client reads before it has a token,
            asked through <span className="wrap-anywhere">{check.origin}</span>.
            {check.checkedAt ? (
              <>
                {' '}
                Checked <RelativeTime at={check.checkedAt} />.
              </>
            ) : null}
          </>
        }
        actions={
          again ? (
            <ActionButton
              variant="primary"
              className="aria-disabled:[&_svg]:animate-spin motion-reduce:[&_svg]:animate-none"
              action={again}
              busy="Checking…"
              icon={<RefreshCw aria-hidden />}
            >
              Check again
            </ActionButton>
          ) : null
        }
      />
      {check.checkedAt === null ? (
        notYet
      ) : (
        <>
          <Summary check={check} />
          {check.findings.map((finding) => (
            <FindingCard key={finding.id} finding={finding} />
          ))}
          <Probes check={check} />
        </>
      )}
    </>
  )
}
