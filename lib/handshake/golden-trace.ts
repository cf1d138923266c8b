import type { StageId } from './handshake'

/**
 * A healthy attempt of hosted Claude, in milliseconds after its first request: what a handshake is
 * compared with. Composite of published wire logs (claude-ai-mcp#35, #64, #76, #354, #364, #872,
 * #905): token to first request 0.3–1.5 s, and everything up to the tools 0.75 s later.
 */
export type GoldenStep = {
  readonly stage: StageId
  /** milliseconds after the first request, without the person's own time */
  readonly offsetMs: number
  /** the observed range, after the step before; `null` when a person decides */
  readonly afterMs: readonly [number, number] | null
}

const seen = (
  stage: StageId,
  offsetMs: number,
  afterMs: GoldenStep['afterMs'] = null,
): GoldenStep => ({ stage, offsetMs, afterMs })

/** The steps, in their order. */
export const goldenTrace: readonly GoldenStep[] = [
  seen('challenge', 0, [0, 0]),
  seen('resource-metadata', 200, [100, 300]),
  seen('server-metadata', 400, [100, 300]),
  seen('client-identified', 700, [100, 500]),
  seen('authorization-requested', 1200, [100, 2000]),
  seen('signed-in', 1200),
  seen('consent-shown', 1200),
  seen('decided', 1200),
  seen('code-issued', 1200, [0, 100]),
  seen('token-issued', 1900, [300, 1200]),
  seen('first-mcp-request', 2450, [300, 1500]),
  seen('tools-listed', 3200, [200, 1000]),
]
