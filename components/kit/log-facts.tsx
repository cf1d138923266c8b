'use client'
import { Handshake } from 'lucide-react'
import { presentEvent } from '@/components/kit/event-presentation'
import { useHydrated } from '@/components/ui/clock'
import { CopyButton } from '@/components/ui/copy-button'
import type { EventRow } from '@/lib/admin/views'
import { curlOf } from './curl'
import { type FactGroup, type FactRow, factsOf } from './facts'
import { LinkButton, TextLink } from './links'
import { SectionLink } from './section-link'

function Value({ fact }: { fact: FactRow }) {
  const text = 'wrap-anywhere whitespace-pre-line font-mono text-xs'
  if (!fact.href) return <span className={text}>{fact.value}</span>
  return (
    <TextLink
      href={fact.href}
      title={`Show only events of this ${fact.label.toLowerCase()}`}
      className={text}
    >
      {fact.value}
    </TextLink>
  )
}

/** Server events belong to no attempt; for new events it is not known yet. */
const mayBeStep = ({ name, handshakeId }: EventRow): boolean =>
  handshakeId !== null && !/^(server|key|root|clients|share)\./.test(name)

function Group({ group }: { group: FactGroup }) {
  return (
    <section className="min-w-0">
      <h2 className="mb-1.5 font-medium text-muted text-xs">{group.title}</h2>
      <dl className="grid gap-1">
        {group.facts.map((fact) => (
          <div key={fact.label} className="grid gap-x-2 text-sm sm:grid-cols-[7rem_minmax(0,1fr)]">
            <dt className="wrap-anywhere text-muted">{fact.label}</dt>
            <dd className="min-w-0">
              <Value fact={fact} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Copies an event's request as a shell command without secrets. */
function CopyCurl({ row }: { readonly row: EventRow }) {
  const hydrated = useHydrated()
  const command = hydrated ? curlOf(row, window.location.origin) : null
  return command ? (
    <CopyButton value={command} what="request as curl" size="sm" label="Copy as curl" />
  ) : null
}

type LogFactsProps = {
  readonly row: EventRow
  /** the log's path; `null` without links */
  readonly path: string | null
  /** shown as part of its handshake */
  readonly inHandshake?: boolean
}

/** An expanded event: the sentence, then every fact. */
export function LogFacts({ row, path, inHandshake }: LogFactsProps) {
  const { sentence, section } = presentEvent(row)
  return (
    <div className="grid gap-4 border-t bg-canvas/60 px-4 py-4 lg:pr-6 lg:pl-10">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <p className="text-pretty font-medium text-base">{sentence}</p>
          {section ? (
            <p className="mt-0.5 text-muted text-sm">
              Defined by <SectionLink section={section} />
            </p>
          ) : null}
        </div>
        <span className="flex flex-wrap gap-2">
          {path !== null && !inHandshake && mayBeStep(row) ? (
            <LinkButton
              href={`/admin/handshakes/of/${row.id}`}
              prefetch={false}
              size="sm"
              icon={Handshake}
            >
              Its handshake
            </LinkButton>
          ) : null}
          {path === null ? null : <CopyCurl row={row} />}
          <CopyButton
            value={JSON.stringify(row, null, 2)}
            what="event as JSON"
            size="sm"
            label="Copy as JSON"
          />
        </span>
      </div>
      <div className="grid gap-x-8 gap-y-4 md:grid-cols-2 2xl:grid-cols-4">
        {factsOf(row, path).map((group) => (
          <Group key={group.title} group={group} />
        ))}
      </div>
    </div>
  )
}
