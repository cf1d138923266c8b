import { protocolRevisions } from '@/lib/mcp/revisions'
import { tools } from '@/lib/mcp/tool-list'

/**
 * Maps client input to known values, so that labels and span names have few values.
 */

/** The value for everything unknown. */
export const other = 'other'

/** MCP methods that a client may send, in any revision. */
const methods: ReadonlySet<string> = new Set([
  'initialize',
  'server/discover',
  'ping',
  'tools/list',
  'tools/call',
  'prompts/list',
  'prompts/get',
  'resources/list',
  'resources/templates/list',
  'resources/read',
  'resources/subscribe',
  'resources/unsubscribe',
  'subscriptions/listen',
  'completion/complete',
  'logging/setLevel',
  'notifications/initialized',
  'notifications/cancelled',
  'notifications/progress',
  'notifications/roots/list_changed',
])

const toolNames: ReadonlySet<string> = new Set(tools.map(({ name }) => name))

const within = (known: ReadonlySet<string>, value: string | null): string =>
  value !== null && known.has(value) ? value : other

/** An MCP method. */
export const knownMethod = (method: string): string => within(methods, method)

/** A tool of this server. */
export const knownTool = (name: string | null): string => within(toolNames, name)

const revisions: ReadonlySet<string> = new Set(protocolRevisions)

/** An MCP revision; older clients send none after initialization. */
export const knownRevision = (revision: string | null): string =>
  revision === null ? 'none' : within(revisions, revision)

/** The names of all tools, for series that start at zero. */
export const knownTools: readonly string[] = [...toolNames]
