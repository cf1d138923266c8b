import { eachConnects } from './connects'
import { sdk2, sdk112, sdk123, sdkNow } from './drivers/apps'
import { inspectorCli } from './drivers/inspector-cli'
import { mcpRemote } from './drivers/mcp-remote'
import { mcpc } from './drivers/mcpc'

/** Those that come from npm in a few megabytes and need nothing else: `npm test` drives them too. */
eachConnects([mcpRemote, mcpc, inspectorCli, sdkNow, sdk123, sdk112, sdk2])
