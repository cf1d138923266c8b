import type { ConnectAttempt } from '@/lib/admin/connect/connect'
import type { StageId, StageState } from '@/lib/handshake/handshake'

/** The state of a step. */
export type CheckState = 'done' | 'waiting' | 'missing' | 'failed' | 'pending'

/** A step of the checklist. */
export type CheckLine = {
  readonly label: string
  /** what has to happen, while pending */
  readonly hint: string
  readonly state: CheckState
  /** ISO 8601, once done */
  readonly at: string | null
  /** skipped in this attempt */
  readonly skipped: boolean
}

type Step = Pick<CheckLine, 'label' | 'hint'> & { readonly stages: readonly StageId[] }

const steps: readonly Step[] = [
  {
    label: 'Found the server',
    hint: 'Its first request, without a token, arrives here.',
    stages: ['challenge'],
  },
  {
    label: 'Read the metadata',
    hint: 'It reads where to register and where to ask.',
    stages: ['resource-metadata', 'server-metadata'],
  },
  {
    label: 'Registered',
    hint: 'It registers, or uses the id it has.',
    stages: ['client-identified'],
  },
  {
    label: 'Asked for consent',
    hint: 'A browser opens, signs in where needed, and shows who asks.',
    stages: ['authorization-requested', 'signed-in', 'consent-shown'],
  },
  {
    label: 'Allowed',
    hint: 'You press Allow in that browser.',
    stages: ['decided', 'code-issued'],
  },
  {
    label: 'Token issued',
    hint: 'It exchanges its code for a token.',
    stages: ['token-issued'],
  },
  {
    label: 'First MCP request',
    hint: 'It comes back with the token: from here on it is connected.',
    stages: ['first-mcp-request'],
  },
  {
    label: 'Tools listed',
    hint: 'It asks which tools there are.',
    stages: ['tools-listed'],
  },
]

function combined(states: readonly StageState[]): CheckState {
  const first = (['failed', 'missing'] as const).find((state) => states.includes(state))
  if (first) return first
  if (states.every((state) => state === 'done' || state === 'skipped')) return 'done'
  return states.includes('waiting') ? 'waiting' : 'pending'
}

/** The steps of an attempt; without one, the first is pending. */
export function checkLines(attempt: ConnectAttempt | null): readonly CheckLine[] {
  return steps.map(({ label, hint, stages }, place) => {
    const own = attempt?.stages.filter(({ id }) => stages.includes(id)) ?? []
    const state = own.length > 0 ? combined(own.map((stage) => stage.state)) : 'pending'
    return {
      label,
      hint,
      state: attempt === null && place === 0 ? 'waiting' : state,
      at: state === 'done' ? (own.findLast(({ at }) => at !== null)?.at ?? null) : null,
      skipped: own.length > 0 && own.every((stage) => stage.state === 'skipped'),
    }
  })
}

/** The checklist's state, for screen readers. */
export function statusOf(lines: readonly CheckLine[]): string {
  const done = lines.filter(({ state }) => state === 'done')
  const stuck = lines.find(({ state }) => state === 'missing' || state === 'failed')
  const count = `${done.length} of ${lines.length} steps done.`
  if (stuck) return `${stuck.label}: ${stuck.state === 'failed' ? 'refused' : 'missing'}. ${count}`
  if (done.length === lines.length) return `Connected. ${count}`
  const last = done.at(-1)
  return last ? `${last.label}. ${count}` : 'Waiting for a client.'
}
