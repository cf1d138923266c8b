import { BadgeCheck, TriangleAlert } from 'lucide-react'
import { Fact } from '@/components/kit/records/facts'
import { Scopes } from '@/components/kit/scopes'
import { Badge } from '@/components/ui/badge'
import { RelativeTime } from '@/components/ui/relative-time'
import type { ApprovalRow } from '@/lib/admin/approvals/approvals'

const kinds: Record<ApprovalRow['clientKind'], string> = {
  dynamic: 'Registered itself under this name',
  metadata_document: 'Described by its metadata document',
  registered: 'Made by an administrator',
}

function Trust({ row }: { row: ApprovalRow }) {
  if (row.verifiedDomain) {
    return (
      <Badge tone="ok">
        <BadgeCheck aria-hidden />
        Verified domain: {row.verifiedDomain}
      </Badge>
    )
  }
  return (
    <Badge tone="warn">
      <TriangleAlert aria-hidden />
      {row.loopback ? 'Answers a program on their computer' : 'Unverified domain'}
    </Badge>
  )
}

/** A pending approval: the user, the client and the redirect host. */
export function ApprovalFacts({ row }: { row: ApprovalRow }) {
  return (
    <div className="grid min-w-0 gap-3">
      <div>
        <p className="text-muted text-xs">The answer goes to</p>
        <p className="wrap-anywhere font-semibold text-xl tracking-tight">{row.redirectHost}</p>
        <div className="mt-1.5">
          <Trust row={row} />
        </div>
      </div>
      <dl className="grid gap-x-6 gap-y-2.5 sm:grid-cols-2 xl:grid-cols-4">
        <Fact label="Client">
          <span className="block font-medium">{row.clientName}</span>
          <span className="text-muted text-xs">{kinds[row.clientKind]}</span>
        </Fact>
        <Fact label="Allowed by">{row.userEmail}</Fact>
        <Fact label="May">
          <Scopes scopes={row.scopes} />
        </Fact>
        <Fact label="Waiting since">
          <RelativeTime at={row.heldAt} />
          <span className="block text-muted text-xs">
            ends <RelativeTime at={row.expiresAt} />
          </span>
        </Fact>
      </dl>
      <p className="wrap-anywhere font-mono text-muted text-xs">{row.redirectUri}</p>
    </div>
  )
}
