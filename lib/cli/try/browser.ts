import { spawn } from 'node:child_process'

/** The command that opens a URL, by platform; never a shell, which would interpret the URL's `&`. */
const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
}

/** Opens a page in the person's browser, if there is one. */
export function openInBrowser({ href, protocol }: URL): void {
  if (protocol !== 'https:' && protocol !== 'http:') return
  const [command, ...before] = openers[process.platform] ?? ['xdg-open']
  spawn(command, [...before, href], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref()
}
