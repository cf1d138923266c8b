import 'server-only'
import type { McpServer } from '@modelcontextprotocol/server'
import { processWide } from '@/lib/process-wide'
import { bus } from './bus'
import { sealState } from './request-state'

/** What an addition may use of this endpoint, besides the SDK. */
export type EndpointParts = {
  readonly bus: Pick<typeof bus, 'publish'>
  readonly sealState: typeof sealState
}

/** Registers tools, prompts or resources on the server of one request. */
export type Addition = (server: McpServer, parts: EndpointParts) => void

/**
 * What is registered besides the tools of tool-list.ts. Portico itself adds nothing; a program loaded
 * into the process earlier may, such as the fixture of the conformance tests.
 */
const additions = processWide('mcp-additions', (): readonly Addition[] => [])

export function registerAdditions(server: McpServer): void {
  for (const add of additions) add(server, { bus, sealState })
}
