import { eachConnects } from './connects'
import { inspectorCli } from './drivers/inspector-cli'
import { mcpRemote } from './drivers/mcp-remote'
import { mcpc } from './drivers/mcpc'

/** Those that come from npm in a few megabytes and need nothing else: `npm test` drives them too. */
eachConnects([mcpRemote, mcpc, inspectorCli])
