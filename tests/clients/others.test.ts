import { eachConnects } from './connects'
import { claudeCode } from './drivers/claude-code'
import { codex } from './drivers/codex'
import { geminiCli } from './drivers/gemini-cli'
import { opencode } from './drivers/opencode'

/** Programs of hundreds of megabytes, some of which need a terminal: `npm run clients` drives them. */
// not every registry has opencode for other machines, so that it cannot be locked for them
const isLocked = process.platform === 'linux' && process.arch === 'x64'
eachConnects([codex, claudeCode, geminiCli, ...(isLocked ? [opencode] : [])])
