import { TextLink } from '@/components/kit/links'
import { hrefOf } from '@/components/kit/list/hrefs'
import { Fact } from '@/components/kit/records/facts'
import { RelativeTime } from '@/components/ui/relative-time'
import type { HandshakeData } from '@/lib/admin/handshakes/views'
import { eraWords, identificationWords, surfaceWords } from '@/lib/handshake/words'
import { spanWords } from './span-words'

/** From the first request to the connection, or to the latest request. */
function durationOf({ row, handshake }: HandshakeData): string {
  const first = handshake.stages.find(({ id }) => id === 'first-mcp-request')
  const end = first?.state === 'done' && first.at ? first.at : Date.parse(row.lastAt)
  const ms = end - Date.parse(row.startedAt)
  return ms < 10_000 ? `${(ms / 1000).toFixed(2)} s` : spanWords(ms)
}

type SummaryProps = {
  readonly view: HandshakeData
  /** whether the reader can see the dashboard */
  readonly linked: boolean
}

function Client({ view: { row }, linked }: SummaryProps) {
  const name = row.clientName ?? row.clientId ?? 'not known yet'
  const product = surfaceWords[row.surface]
  return (
    <>
      {linked && row.clientId ? (
        <TextLink href={hrefOf('/admin/handshakes', { client: row.clientId })} title={row.clientId}>
          {name}
        </TextLink>
      ) : (
        name
      )}
      {name === product || row.surface === 'unknown' ? null : (
        <span className="text-muted"> {product}</span>
      )}
    </>
  )
}

function Connection({ view: { row }, linked }: SummaryProps) {
  if (!row.grantId) return <span className="text-muted">none yet</span>
  if (!linked) return <>allowed</>
  return (
    <TextLink href={`/admin/connections?q=${row.grantId}`} title={row.grantId}>
      …{row.grantId.slice(-6)}
    </TextLink>
  )
}

const pending = (words: string) => <span className="text-muted">{words}</span>

/** The client, the user, the registration and the time. */
export function Summary({ view, linked }: SummaryProps) {
  const { row } = view
  return (
    <dl className="grid grid-cols-2 rounded-xl border bg-surface shadow-panel sm:grid-cols-3 xl:auto-cols-fr xl:grid-flow-col xl:grid-cols-none">
      <Fact className="px-4 py-2.5" label="Client">
        <Client view={view} linked={linked} />
      </Fact>
      <Fact className="px-4 py-2.5" label="Identified by">
        {row.identification ? identificationWords[row.identification] : pending('nothing yet')}
      </Fact>
      {linked ? (
        <Fact className="px-4 py-2.5" label="Person">
          {row.userEmail ?? pending('nobody yet')}
        </Fact>
      ) : null}
      <Fact className="px-4 py-2.5" label="Protocol">
        {row.era ? eraWords[row.era] : pending('no MCP request yet')}
      </Fact>
      <Fact className="px-4 py-2.5" label="Started">
        <RelativeTime at={row.startedAt} />
        <span className="text-muted">, took {durationOf(view)}</span>
      </Fact>
      <Fact className="px-4 py-2.5" label="Connection">
        <Connection view={view} linked={linked} />
      </Fact>
    </dl>
  )
}
