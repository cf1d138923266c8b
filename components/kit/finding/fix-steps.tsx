import { CopyButton } from '@/components/ui/copy-button'
import type { FindingRow } from '@/lib/admin/views'

type Step = FindingRow['fix'][number]

function Snippet({ code }: { code: string }) {
  return (
    <div className="mt-1 flex min-w-0 items-start gap-1 rounded-lg border bg-canvas py-1 pr-1 pl-3">
      <pre className="wrap-anywhere min-w-0 flex-1 whitespace-pre-wrap py-1.5 font-mono text-xs">
        {code}
      </pre>
      <CopyButton value={code} what="snippet" variant="ghost" size="icon-sm" />
    </div>
  )
}

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
      {step.code ? <Snippet code={step.code} /> : null}
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
