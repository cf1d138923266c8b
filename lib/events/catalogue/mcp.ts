import {
  Bandage,
  BellDot,
  Cable,
  CircleStop,
  Compass,
  ListChecks,
  LockKeyhole,
  RadioTower,
  ShieldX,
  SquareTerminal,
  Unplug,
  Wrench,
} from 'lucide-react'
import { because, mcpSentence, type Presentations } from './presentation'

type Names =
  | 'mcp.challenged'
  | 'mcp.refused'
  | 'mcp.discovered'
  | 'mcp.initialized'
  | 'mcp.notified'
  | 'mcp.listed'
  | 'mcp.called'
  | 'mcp.requested'
  | 'mcp.quirk_absorbed'
  | 'mcp.stream_opened'
  | 'mcp.stream_closed'
  | 'mcp.session_ended'

type Opening = { clientInfo?: string; protocolVersion?: string }

const opening = ({ clientInfo, protocolVersion }: Opening) =>
  `${clientInfo ?? 'A client'} speaks MCP ${protocolVersion ?? 'of an unnamed revision'}`

const streamNames = {
  standalone: 'What the server says unasked',
  listen: 'Changes the client subscribed to',
  answer: 'An answer the client came back for',
}
const streamWords = (kind: keyof typeof streamNames | undefined) =>
  streamNames[kind ?? 'standalone']

export const mcpEvents: Presentations<Names> = {
  'mcp.challenged': {
    label: 'Challenge sent',
    icon: LockKeyhole,
    sentence: ({ reason, madeFor }) =>
      `${because(reason, 'no token')}${madeFor ? `: made for ${madeFor}` : ''}; told where to get one`,
  },
  'mcp.refused': {
    label: 'MCP request refused',
    icon: ShieldX,
    sentence: ({ reason, method }) => `${because(reason)}${method ? `; ${method}` : ''}`,
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
  'mcp.quirk_absorbed': {
    label: 'Quirk absorbed',
    icon: Bandage,
    sentence: ({ quirks, method }) =>
      `${method ? `${method} was served although: ` : ''}${quirks?.join(', ') ?? 'not named'}`,
  },
  'mcp.stream_opened': {
    label: 'Stream opened',
    icon: RadioTower,
    sentence: ({ kind, resumed }) => `${streamWords(kind)}${resumed ? ', where it broke off' : ''}`,
  },
  'mcp.stream_closed': {
    label: 'Stream closed',
    icon: Unplug,
    sentence: ({ kind, bytes }) => `${streamWords(kind)}; ${bytes ?? 0} bytes were sent`,
  },
  'mcp.session_ended': {
    label: 'Session ended',
    icon: CircleStop,
    sentence: ({ endedBy }) =>
      endedBy === 'operator' ? 'An operator ended it' : 'The client ended it',
  },
}
