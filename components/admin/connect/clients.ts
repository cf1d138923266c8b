import type { ComponentType } from 'react'
import type { KnownClientId } from '@/lib/admin/clients/known'
import type { GuideProps } from './guide'
import { ChatgptGuide } from './guide-chatgpt'
import { ClaudeGuide } from './guide-claude'
import { ClaudeCodeGuide } from './guide-claude-code'
import { CursorGuide } from './guide-cursor'
import { InspectorGuide } from './guide-inspector'
import { VscodeGuide } from './guide-vscode'

type Client = {
  readonly id: KnownClientId
  readonly label: string
  readonly title: string
  readonly guide: ComponentType<GuideProps>
  /** where it takes a client id and secret */
  readonly ownClient: string
}

/** Clients with a guide, in tab order. */
export const connectClients: readonly Client[] = [
  {
    id: 'claude',
    label: 'Claude',
    title: 'Claude on the web and desktop',
    guide: ClaudeGuide,
    ownClient: '“Use your own OAuth client” in the dialog that adds the connector',
  },
  {
    id: 'claude-code',
    label: 'Claude Code',
    title: 'Claude Code',
    guide: ClaudeCodeGuide,
    ownClient: 'the option --client-id of claude mcp add',
  },
  {
    id: 'chatgpt',
    label: 'ChatGPT',
    title: 'ChatGPT',
    guide: ChatgptGuide,
    ownClient: 'the OAuth settings of the dialog that creates the app',
  },
  {
    id: 'cursor',
    label: 'Cursor',
    title: 'Cursor',
    guide: CursorGuide,
    ownClient: 'the member "auth" of the server in mcp.json',
  },
  {
    id: 'vscode',
    label: 'VS Code',
    title: 'Visual Studio Code',
    guide: VscodeGuide,
    ownClient: 'the dialog that asks for a client id where it cannot register',
  },
  {
    id: 'inspector',
    label: 'Inspector',
    title: 'MCP Inspector',
    guide: InspectorGuide,
    ownClient: 'Authentication, in the panel at the left',
  },
]

/** The client with this id; the first one if there is none. */
export const connectClient = (id: string | undefined): Client =>
  connectClients.find((client) => client.id === id) ?? (connectClients[0] as Client)
