import { protocolRevisions } from '@/lib/mcp/revisions'
import { tools } from '@/lib/mcp/tool-list'

/**
 * What clients send, held against what is known, so that a label or a span's name has few values
 * whatever is sent.
 */

/** What stands for everything that is not known. */
export const other = 'other'

/** Methods of MCP that a client may send, in any revision. */
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

/** A method of MCP. */
export const knownMethod = (method: string): string => within(methods, method)

/** A tool of this server. */
export const knownTool = (name: string | null): string => within(toolNames, name)

const revisions: ReadonlySet<string> = new Set(protocolRevisions)

/** A revision of MCP; older clients name none after they are initialized. */
export const knownRevision = (revision: string | null): string =>
  revision === null ? 'none' : within(revisions, revision)

/** The tools that are told apart, for series that begin at zero. */
export const knownTools: readonly string[] = [...toolNames]
