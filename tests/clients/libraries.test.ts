import { eachConnects } from './connects'
import { aiSdk, langchain, mastra, mcpjam, mcpUse } from './drivers/apps'

/** Libraries that apps are built on: `npm run clients` drives them. */
eachConnects([aiSdk, langchain, mastra, mcpUse, mcpjam])
