import type { ServerContext } from '@modelcontextprotocol/server'

/** Progress of a tool; `total` if known, in the same unit. */
export type ProgressStep = {
  readonly progress: number
  readonly total?: number
  readonly message?: string
}

/** Sends progress to the client; does nothing unless the client asked for it. */
export type ReportProgress = (step: ProgressStep) => void

/**
 * Reports progress in both eras when the request has a `progressToken` (MCP, "Progress"). What cannot
 * be delivered is dropped: a tool must not fail because its client is gone.
 */
export function progressOf({ mcpReq }: Pick<ServerContext, 'mcpReq'>): ReportProgress {
  const progressToken = mcpReq._meta?.progressToken
  if (progressToken === undefined) return () => undefined
  return (step) => {
    const params = { progressToken, ...step }
    mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined)
  }
}

/** A reporter that follows the rules: values grow (MCP, "Progress"), and none comes after the end. */
export function monotonic(report: ReportProgress): { report: ReportProgress; end: () => void } {
  let last = Number.NEGATIVE_INFINITY
  return {
    report: (step) => {
      if (!(step.progress > last)) return
      last = step.progress
      report(step)
    },
    end: () => {
      last = Number.POSITIVE_INFINITY
    },
  }
}
