import { Snippet } from '@/components/kit/copyable'
import type { FindingRow } from '@/lib/admin/views'

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
export function FixSteps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className="grid list-decimal gap-2.5 pl-4.5 text-sm marker:text-muted">
      {steps.map((step) => (
        <FixStep key={step.text} step={step} />
      ))}
    </ol>
  )
}
