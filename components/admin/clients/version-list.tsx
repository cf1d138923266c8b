import { TitledCard } from '@/components/ui/card'
import { RelativeTime } from '@/components/ui/relative-time'
import type { ClientPage } from '@/lib/admin/clients/page'

type Versions = ClientPage['versions']

const causes: Record<Versions[number]['cause'], string> = {
  made: 'First seen',
  document: 'Its document changed',
  secret: 'It was given a new secret',
}

function Side({ sign, text }: { readonly sign: '−' | '+'; readonly text: string }) {
  const [looks, word] =
    sign === '+' ? ['bg-ok-soft text-ok-ink', 'now'] : ['bg-bad-soft text-bad-ink', 'before']
  return (
    <div className={`flex gap-2 rounded-sm px-2 py-1 font-mono text-xs ${looks}`}>
      <span aria-hidden>{sign}</span>
      <span className="sr-only">{word}:</span>
      <span className="wrap-anywhere min-w-0 whitespace-pre-wrap">{text}</span>
    </div>
  )
}

function Change({ change }: { readonly change: Versions[number]['changes'][number] }) {
  const { member, before, after } = change
  return (
    <div className="grid gap-1">
      <p className="font-mono text-muted text-xs">{member}</p>
      {before === null ? null : <Side sign="−" text={before} />}
      {after === null ? null : <Side sign="+" text={after} />}
    </div>
  )
}

/** Versions of a client's metadata, newest first, each with its changes. */
export function VersionList({ versions }: { readonly versions: Versions }) {
  return (
    <TitledCard title="History of its metadata" header="border-b">
      {versions.length === 0 ? (
        <p className="px-4 py-4 text-muted text-sm">
          A client that registers itself says once what it is. When it says something else, it is
          another client.
        </p>
      ) : null}
      <ol className="divide-y">
        {versions.map(({ id, cause, seenAt, changes }) => (
          <li key={id} className="grid gap-2 px-4 py-3">
            <p className="flex flex-wrap items-baseline justify-between gap-2 text-sm">
              <span className="font-medium">{causes[cause]}</span>
              <RelativeTime at={seenAt} className="text-muted text-xs" />
            </p>
            {changes.map((change) => (
              <Change key={change.member} change={change} />
            ))}
          </li>
        ))}
      </ol>
    </TitledCard>
  )
}
