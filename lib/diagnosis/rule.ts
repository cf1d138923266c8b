import type { Handshake, HandshakeEvent, StageId } from '@/lib/handshake/handshake'
import { has } from './evidence'
import type { Facts, Probe } from './facts'
import type { Finding, FixStep, Rule } from './finding'
import { checkAgain, connectAgain } from './words'

/** A thing to do; without a place or code it is only its text. */
export type Step = FixStep | string

/** What a rule found. */
export type Cause = Pick<Finding, 'confidence' | 'title' | 'explanation'> &
  Partial<Pick<Finding, 'observations' | 'verify'>> & {
    readonly evidence?: readonly (HandshakeEvent | undefined)[]
    readonly fix: readonly Step[]
  }

/** The description of a rule. */
type Described = Omit<Rule, 'judge'>

type AnyRule = Described & {
  readonly judge: (handshake: Handshake | null, facts: Facts, now: number) => Cause | null
}

/** A rule over a handshake and all facts. @param verify what a finding says unless it says otherwise */
export const rule = ({ judge, ...described }: AnyRule, verify = checkAgain): Rule => ({
  ...described,
  judge: (handshake, facts, now) => {
    const cause = judge(handshake, facts, now)
    if (!cause) return null
    const evidence = (cause.evidence ?? []).flatMap((event) => event?.id ?? [])
    const fix = cause.fix.map((step) => (typeof step === 'string' ? { text: step } : step))
    return { rule: described.id, observations: [], verify, ...cause, evidence, fix }
  },
})

/** Whether nothing is wrong with a handshake: it connected, or it signed in and stopped as expected. */
export const isHealthy = ({ verdict }: Handshake): boolean =>
  verdict.kind === 'connected' || verdict.kind === 'signed-in'

/** Whether a client got what it came for: a single answered request may have come too late for it. */
const isComplete = (handshake: Handshake): boolean =>
  isHealthy(handshake) &&
  (handshake.verdict.kind === 'signed-in' || has(handshake, 'mcp.listed', 'mcp.called'))

type HandshakeRule = Described & {
  /** also judges complete connections: what it looks for comes later */
  readonly whenComplete?: true
  readonly judge: (handshake: Handshake, facts: Facts, now: number) => Cause | null
}

/** A rule over the events of one incomplete handshake. */
export const handshakeRule = ({ judge, whenComplete, ...described }: HandshakeRule): Rule =>
  rule(
    {
      ...described,
      judge: (handshake, facts, now) => {
        if (!handshake || (isComplete(handshake) && !whenComplete)) return null
        return judge(handshake, facts, now)
      },
    },
    connectAgain,
  )

/** The stage at which a handshake ended, or `null` while it is under way or healthy. */
export const troubledStage = ({ verdict }: Handshake): StageId | null =>
  verdict.kind === 'stalled' || verdict.kind === 'failed' ? verdict.stage : null

/** The stages before a person takes part: discovery and registration problems end here. */
export const discoveryStages: readonly StageId[] = [
  'challenge',
  'resource-metadata',
  'server-metadata',
  'client-identified',
  'authorization-requested',
]

/** The stages that need `/mcp` itself. */
export const endpointStages: readonly StageId[] = [
  'challenge',
  'resource-metadata',
  'first-mcp-request',
  'tools-listed',
]

type ProbeRule = Described & {
  /** the stages at which a handshake with this cause ends */
  readonly stages: readonly StageId[]
  readonly judge: (probe: Probe, facts: Facts) => Cause | null
}

/** A rule over the answers of a probe, for the server itself and for a handshake that they explain. */
export const probeRule = ({ judge, stages, ...described }: ProbeRule): Rule =>
  rule({
    ...described,
    judge: (handshake, facts) => {
      if (!facts.probe) return null
      if (!handshake) return judge(facts.probe, facts)
      const stage = troubledStage(handshake)
      return stage && stages.includes(stage) ? judge(facts.probe, facts) : null
    },
  })
