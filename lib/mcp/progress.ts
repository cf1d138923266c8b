import type { ServerContext } from '@modelcontextprotocol/server'

/** How far a tool has come; `total` where it is known, in the same unit. */
export type ProgressStep = {
  readonly progress: number
  readonly total?: number
  readonly message?: string
}

/** Tells the client how far a tool has come; nothing happens where the client did not ask for it. */
export type ReportProgress = (step: ProgressStep) => void

/**
 * Reports to the client of a request, in both eras, when it sent a `progressToken` (MCP, "Progress").
 * What cannot be delivered is dropped: a tool must not fail because nobody listens.
 */
export function progressOf({ mcpReq }: Pick<ServerContext, 'mcpReq'>): ReportProgress {
  const progressToken = mcpReq._meta?.progressToken
  if (progressToken === undefined) return () => undefined
  return (step) => {
    const params = { progressToken, ...step }
    mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined)
  }
}

/** A reporter that keeps to the rules: values grow (MCP, "Progress"), and none comes after the end. */
export function orderly(report: ReportProgress): { report: ReportProgress; end: () => void } {
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
