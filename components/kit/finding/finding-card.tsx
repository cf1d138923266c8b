import type { ReactNode } from 'react'
import { Snippet } from '@/components/kit/copyable'
import { Card } from '@/components/ui/card'
import type { FindingRow } from '@/lib/admin/finding-row'
import { ConfidenceMark } from './confidence'

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="min-w-0">
      <h3 className="mb-1.5 font-medium text-muted text-xs">{title}</h3>
      {children}
    </section>
  )
}

function Observations({ observations }: Pick<FindingRow, 'observations'>) {
  return (
    <ul className="grid gap-1">
      {observations.map((observation) => (
        <li
          key={observation}
          className="wrap-anywhere border-line-strong border-l-2 pl-2.5 font-mono text-xs"
        >
          {observation}
        </li>
      ))}
    </ul>
  )
}

type Step = FindingRow['fix'][number]

function FixStep({ step }: { step: Step }) {
  return (
    <li className="pl-1">
      <span className="text-pretty">{step.text}</span>
      {step.where ? (
        <span className="mt-0.5 block text-muted text-xs">
          <span className="sr-only">Where: </span>
          {step.where}
        </span>
      ) : null}
      {step.code ? <Snippet code={step.code} what="snippet" /> : null}
    </li>
  )
}

/** The steps of a fix: the text, the setting, and what to type. */
function FixSteps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className="grid list-decimal gap-2.5 pl-4.5 text-sm marker:text-muted">
      {steps.map((step) => (
        <FixStep key={step.text} step={step} />
      ))}
    </ol>
  )
}

function Origin({ finding }: { finding: FindingRow }) {
  return (
    <p className="wrap-anywhere border-t px-4 py-2.5 text-muted text-xs sm:px-5">
      <code className="font-mono">{finding.id}</code>
      {finding.sources.length > 0 ? <>, known from {finding.sources.join(', ')}</> : null}
    </p>
  )
}

type FindingCardProps = {
  readonly finding: FindingRow
  /** evidence, rendered by the page as links or rows */
  readonly evidence?: ReactNode
}

/** One cause: title, evidence, fix, and how to check the fix. */
export function FindingCard({ finding, evidence }: FindingCardProps) {
  return (
    <Card aria-label={finding.title} className="grid">
      <div className="grid gap-4 p-4 sm:p-5">
        <div>
          <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1.5">
            <h2 className="min-w-0 flex-1 basis-64 text-pretty font-semibold text-lg">
              {finding.title}
            </h2>
            <ConfidenceMark confidence={finding.confidence} />
          </div>
          <p className="mt-1 max-w-3xl text-pretty text-muted text-sm">{finding.explanation}</p>
        </div>
        {finding.observations.length > 0 ? (
          <Part title="What was seen">
            <Observations observations={finding.observations} />
          </Part>
        ) : null}
        {evidence ? <Part title="Evidence">{evidence}</Part> : null}
        <Part title="What to do">
          <FixSteps steps={finding.fix} />
        </Part>
        <Part title="How to see that it helped">
          <p className="text-pretty text-sm">{finding.verify}</p>
        </Part>
      </div>
      <Origin finding={finding} />
    </Card>
  )
}
