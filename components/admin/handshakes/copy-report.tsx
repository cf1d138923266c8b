'use client'
import { useKeys } from '@/components/kit/use-keys'
import { CopyButton } from '@/components/ui/copy-button'

const id = 'copy-report'

/** Copies the redacted report, also by the key `c`. */
export function CopyReport({ report }: { report: string }) {
  useKeys((key) => {
    if (key !== 'c') return false
    document.getElementById(id)?.click()
    return true
  })
  return <CopyButton id={id} value={report} what="report" label="Copy report" />
}
