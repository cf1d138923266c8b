import {
  BellDot,
  Cable,
  Compass,
  ListChecks,
  LockKeyhole,
  ShieldX,
  SquareTerminal,
  Wrench,
} from 'lucide-react'
import { mcpSentence, type Presentations, sentenceCase } from './presentation'

type Names =
  | 'mcp.challenged'
  | 'mcp.refused'
  | 'mcp.discovered'
  | 'mcp.initialized'
  | 'mcp.notified'
  | 'mcp.listed'
  | 'mcp.called'
  | 'mcp.requested'

type Opening = { clientInfo?: string; protocolVersion?: string }

const opening = ({ clientInfo, protocolVersion }: Opening) =>
  `${clientInfo ?? 'A client'} speaks MCP ${protocolVersion ?? 'of an unnamed revision'}`

export const mcpEvents: Presentations<Names> = {
  'mcp.challenged': {
    label: 'Challenge sent',
    icon: LockKeyhole,
    sentence: ({ reason }) => `${sentenceCase(reason ?? 'no token')}; told where to get one`,
  },
  'mcp.refused': {
    label: 'MCP request refused',
    icon: ShieldX,
    sentence: ({ reason, method }) =>
      `${sentenceCase(reason ?? 'no reason was recorded')}${method ? `; ${method}` : ''}`,
  },
  'mcp.discovered': {
    label: 'Server discovered',
    icon: Compass,
    sentence: (detail) => mcpSentence(opening(detail), detail),
  },
  'mcp.initialized': {
    label: 'Session opened',
    icon: Cable,
    sentence: (detail) => mcpSentence(opening(detail), detail),
  },
  'mcp.notified': {
    label: 'Notification received',
    icon: BellDot,
    sentence: (detail) => mcpSentence(detail.method ?? 'a notification', detail),
  },
  'mcp.listed': {
    label: 'Tools listed',
    icon: ListChecks,
    sentence: (detail) => mcpSentence('The client now knows the tools', detail),
  },
  'mcp.called': {
    label: 'Tool called',
    icon: Wrench,
    sentence: (detail) =>
      mcpSentence(
        `${detail.tool ?? 'A tool'}${detail.isError ? ' answered with an error' : ''}`,
        detail,
      ),
  },
  'mcp.requested': {
    label: 'MCP request served',
    icon: SquareTerminal,
    sentence: (detail) => mcpSentence(detail.method ?? 'a request', detail),
  },
}
