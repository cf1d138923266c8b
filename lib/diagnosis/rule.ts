import type { Handshake, StageId } from '@/lib/handshake/handshake'
import { has } from './evidence'
import type { Facts, Probe } from './facts'
import type { Finding, Rule } from './finding'

/** What a rule found; the id of the rule is added to it. */
export type Cause = Omit<Finding, 'rule' | 'evidence' | 'observations'> &
  Partial<Pick<Finding, 'evidence' | 'observations'>>

/** What every rule says of itself. */
type Described = Pick<Rule, 'id' | 'symptom' | 'sources' | 'theory'>

const finding = (rule: string, cause: Cause | null): Finding | null =>
  cause && { rule, evidence: [], observations: [], ...cause }

/** A rule that sees everything there is. */
export const rule = ({
  judge,
  ...described
}: Described & {
  readonly judge: (handshake: Handshake | null, facts: Facts, now: number) => Cause | null
}): Rule => ({
  ...described,
  judge: (handshake, facts, now) => finding(described.id, judge(handshake, facts, now)),
})

/** Whether nothing is wrong with a handshake: it connected, or it signed in and that was all. */
export const isWell = ({ verdict }: Handshake): boolean =>
  verdict.kind === 'connected' || verdict.kind === 'signed-in'

/** Whether a client got what it came for: an answered request alone may have come too late for it. */
const isComplete = (handshake: Handshake): boolean =>
  isWell(handshake) &&
  (handshake.verdict.kind === 'signed-in' || has(handshake, 'mcp.listed', 'mcp.called'))

type HandshakeRule = Described & {
  /** judged of a complete connection, too: what it looks for comes later in a life */
  readonly whenComplete?: true
  readonly judge: (handshake: Handshake, facts: Facts, now: number) => Cause | null
}

/** A rule over the events of one handshake that is not complete. */
export const handshakeRule = ({ judge, whenComplete, ...described }: HandshakeRule): Rule =>
  rule({
    ...described,
    judge: (handshake, facts, now) => {
      if (!handshake || (isComplete(handshake) && !whenComplete)) return null
      return judge(handshake, facts, now)
    },
  })

/** Where a handshake came to its end, or `null` while it is under way or well. */
export const troubledStage = ({ verdict }: Handshake): StageId | null =>
  verdict.kind === 'stalled' || verdict.kind === 'failed' ? verdict.stage : null

/** The stages before a person is asked: what discovery and registration can spoil. */
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
  /** where a handshake has to end for this to be its cause */
  readonly stages: readonly StageId[]
  readonly judge: (probe: Probe, facts: Facts) => Cause | null
}

/** A rule over what the server looks like from outside, for itself and for a handshake it explains. */
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
