'use client'
import { LifeBuoy } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog'

/** A report for Anthropic, filled in as far as the server knows. */
export function SupportDialog({ report }: { report: string }) {
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button>
          <LifeBuoy aria-hidden />
          Report to Anthropic
        </Button>
      </DialogTrigger>
      <DialogContent
        heading="Report to Anthropic"
        description="What their form asks for. Put the reference in that Claude showed with its error (ofid_…); only you have seen it."
        className="max-w-xl"
      >
        <section
          aria-label="The report"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard
          tabIndex={0}
          className="mt-4 max-h-[45dvh] overflow-auto rounded-lg border bg-canvas p-3"
        >
          <pre className="wrap-anywhere whitespace-pre-wrap font-mono text-xs">{report}</pre>
        </section>
        <div className="mt-4 flex flex-wrap items-center justify-between gap-3">
          <a
            href="https://github.com/anthropics/claude-ai-mcp/issues"
            target="_blank"
            rel="noreferrer"
            className="text-accent-ink text-sm underline underline-offset-4"
          >
            anthropics/claude-ai-mcp<span className="sr-only"> (opens in a new tab)</span>
          </a>
          <CopyButton value={report} what="report for Anthropic" label="Copy" variant="primary" />
        </div>
      </DialogContent>
    </Dialog>
  )
}
