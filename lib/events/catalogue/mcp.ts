import { event, flag, integer, keyOf, list, oneOf, optional, reason, text } from '../declare'
import { because, mcpSentence } from '../words'

const streamNames = {
  standalone: 'Messages from the server',
  listen: 'Changes the client subscribed to',
  /** of a POST, resumed by the client */
  answer: 'A resumed answer',
}
const streamKind = keyOf(streamNames)
const streamWords = (kind: keyof typeof streamNames | undefined) =>
  streamNames[kind ?? 'standalone']

const mcp = {
  method: optional(text),
  protocolVersion: optional(text),
  era: optional(oneOf('stateless', 'session')),
  bytes: optional(integer),
  tokenId: optional(text),
  firstUse: optional(flag),
}

type Opening = { clientInfo?: string; protocolVersion?: string }

const opening = ({ clientInfo, protocolVersion }: Opening) =>
  `${clientInfo ?? 'A client'} speaks MCP ${protocolVersion ?? 'of an unnamed revision'}`

export const mcpEvents = {
  'mcp.challenged': event({
    section: 'RFC 9728 §5.1',
    detail: {
      error: optional(text),
      reason,
      scope: optional(text),
      madeFor: optional(text),
      askedAt: optional(text),
    },
    label: 'Challenge sent',
    icon: 'LockKeyhole',
    sentence: ({ reason, madeFor }) =>
      `${because(reason, 'no token')}${madeFor ? `: made for ${madeFor}` : ''}; sent sign-in instructions`,
  }),
  'mcp.refused': event({
    section: 'MCP Streamable HTTP',
    detail: { ...mcp, reason, code: optional(integer), times: optional(integer) },
    label: 'MCP request refused',
    icon: 'ShieldX',
    sentence: ({ reason, method }) => `${because(reason)}${method ? `; ${method}` : ''}`,
  }),
  'mcp.discovered': event({
    section: 'MCP 2026-07-28 server/discover',
    detail: { ...mcp, clientInfo: optional(text) },
    label: 'Server discovered',
    icon: 'Compass',
    sentence: (detail) => mcpSentence(opening(detail), detail),
  }),
  'mcp.initialized': event({
    section: 'MCP lifecycle initialize',
    detail: { ...mcp, clientInfo: optional(text) },
    label: 'Session opened',
    icon: 'Cable',
    sentence: (detail) => mcpSentence(opening(detail), detail),
  }),
  'mcp.notified': event({
    section: 'MCP notifications',
    detail: mcp,
    label: 'Notification received',
    icon: 'BellDot',
    sentence: (detail) => mcpSentence(detail.method ?? 'a notification', detail),
  }),
  'mcp.listed': event({
    section: 'MCP tools/list',
    detail: mcp,
    label: 'Tools listed',
    icon: 'ListChecks',
    sentence: (detail) => mcpSentence('The client now knows the tools', detail),
  }),
  'mcp.called': event({
    section: 'MCP tools/call',
    detail: { ...mcp, tool: text, isError: flag },
    label: 'Tool called',
    icon: 'Wrench',
    sentence: (detail) =>
      mcpSentence(
        `${detail.tool ?? 'A tool'}${detail.isError ? ' answered with an error' : ''}`,
        detail,
      ),
  }),
  'mcp.requested': event({
    section: 'MCP',
    detail: mcp,
    label: 'MCP request served',
    icon: 'SquareTerminal',
    sentence: (detail) => mcpSentence(detail.method ?? 'a request', detail),
  }),
  'mcp.quirk_absorbed': event({
    section: 'MCP Streamable HTTP',
    detail: { quirks: list, method: optional(text) },
    label: 'Quirk absorbed',
    icon: 'Bandage',
    sentence: ({ quirks, method }) =>
      `${method ? `${method} was served although: ` : ''}${quirks?.join(', ') ?? 'not named'}`,
  }),
  'mcp.stream_opened': event({
    section: 'MCP Streamable HTTP GET',
    detail: { kind: streamKind, resumed: optional(flag) },
    label: 'Stream opened',
    icon: 'RadioTower',
    sentence: ({ kind, resumed }) => `${streamWords(kind)}${resumed ? ', resumed' : ''}`,
  }),
  'mcp.stream_closed': event({
    section: 'MCP Streamable HTTP GET',
    detail: { kind: streamKind, bytes: integer },
    label: 'Stream closed',
    icon: 'Unplug',
    sentence: ({ kind, bytes }) => `${streamWords(kind)}; ${bytes ?? 0} bytes were sent`,
  }),
  'mcp.session_ended': event({
    section: 'MCP Streamable HTTP DELETE',
    detail: { endedBy: oneOf('client', 'operator') },
    label: 'Session ended',
    icon: 'CircleStop',
    sentence: ({ endedBy }) =>
      endedBy === 'operator' ? 'An operator ended it' : 'The client ended it',
  }),
}
