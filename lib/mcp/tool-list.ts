import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Tool } from './tool'
import { connectionHistory } from './tools/connection-history'
import { serverStatus } from './tools/server-status'
import { whoami } from './tools/whoami'

/** The tools of this server, in the order they are listed. To add one, add its file and name it here. */
export const tools: readonly Tool[] = [whoami, connectionHistory, serverStatus]

let hash: string | undefined

/** SHA-256 of what is listed, base64url: tells whether a client was served other tools before. */
export function toolListHash(): string {
  hash ??= createHash('sha256')
    .update(
      JSON.stringify(
        tools.map(({ input, output, run: _run, ...rest }) => ({
          ...rest,
          input: z.toJSONSchema(input),
          output: z.toJSONSchema(output),
        })),
      ),
    )
    .digest('base64url')
  return hash
}
