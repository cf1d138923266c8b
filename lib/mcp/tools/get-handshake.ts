import { z } from 'zod'
import type { Finding } from '@/lib/diagnosis/finding'
import { type Stage, stageIds } from '@/lib/handshake/handshake'
import { visible } from '@/lib/text'
import { handshakeOutput, stepOutput, toHandshakeOutput, toStep } from '../handshake-output'
import { readHandshake } from '../observe'
import { nextCursor, pagingInput, toToolPage, unknownCursor } from '../paging'
import { defineTool } from '../tool'
import { ToolError } from '../tool-error'
import { untrusted } from '../untrusted'

const findingOutput = z.object({
  rule: z.string(),
  confidence: z.enum(['confirmed', 'likely', 'possible']),
  title: z.string().describe('the cause in one sentence'),
  evidence: z.array(z.string()).describe('ids of events'),
  fix: z.array(z.string()).describe('what to change, and where'),
  verify: z.string().describe('how to see that it helped'),
  untrusted: untrusted({
    explanation: z.string().describe('in this server’s words, which may repeat what was sent'),
    observations: z.array(z.string()),
  }),
})

const stageOutput = z.object({
  stage: z.enum(stageIds),
  state: z.enum(['done', 'failed', 'waiting', 'missing', 'skipped', 'pending']),
  at: z.string().nullable().describe('ISO 8601, UTC'),
})

const longestTitle = 200

const toFinding = ({
  fix,
  explanation,
  observations,
  ...finding
}: Finding): z.input<typeof findingOutput> => ({
  ...finding,
  title: visible(finding.title, longestTitle),
  evidence: [...finding.evidence],
  untrusted: {
    explanation: visible(explanation, 2000),
    observations: observations.map((text) => visible(text, 500)),
  },
  fix: fix.map(({ text, where, code }) =>
    [text, where && `(${where})`, code].filter(Boolean).join(' '),
  ),
})

const toStage = ({ id, state, at }: Stage): z.input<typeof stageOutput> => ({
  stage: id,
  state,
  at: at === null ? null : new Date(at).toISOString(),
})

/** Every step of one attempt to connect, and why it failed. */
export const getHandshake = defineTool({
  name: 'get_handshake',
  title: 'Get a handshake',
  place: 6,
  untrusted: true,
  description:
    'Tells how one attempt to connect went: the likeliest causes where it came to nothing, with evidence and what to change, its steps, and everything recorded of it, oldest first. Tokens, codes and secrets are never recorded.',
  scope: 'portico:observe',
  annotations: { readOnlyHint: true, openWorldHint: false },
  input: z.object({
    id: z.string().min(1).max(100).describe('"id" or "connection_id" from list_handshakes'),
    ...pagingInput,
    limit: pagingInput.limit.default(50),
  }),
  output: z.object({
    handshake: handshakeOutput,
    findings: z.array(findingOutput).describe('likeliest first; empty where all is well'),
    stages: z.array(stageOutput),
    events: z.array(stepOutput),
    next_cursor: nextCursor,
  }),
  run: async ({ id, limit, cursor }) => {
    const found = /^[\w-]+$/.test(id) ? await readHandshake(id) : null
    if (!found) throw new ToolError(`there is no handshake or connection with the id "${id}"`)
    const { listed, handshake, findings } = found
    const after = cursor ? handshake.events.findIndex((event) => event.id === cursor) : -1
    if (cursor && after < 0) throw unknownCursor()
    const rest = handshake.events.slice(after + 1).map(toStep)
    const { items, next } = toToolPage(rest, limit, (event) => event.id)
    return {
      handshake: toHandshakeOutput(listed),
      findings: findings.map(toFinding),
      stages: handshake.stages.map(toStage),
      events: items,
      next_cursor: next,
    }
  },
})
