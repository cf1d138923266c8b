import { eachConnects } from './connects'
import { claudeCode } from './drivers/claude-code'
import { codex } from './drivers/codex'
import { opencode } from './drivers/opencode'

/** Programs of hundreds of megabytes, some of which need a terminal: `npm run clients` drives them. */
eachConnects([codex, claudeCode, opencode])
