import { spawn } from 'node:child_process'

/** What opens a URL, by platform; none goes through a shell, which would read the URL's `&`. */
const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
}

/** Opens a page in the person's browser; without one nothing happens. */
export function openInBrowser({ href, protocol }: URL): void {
  if (protocol !== 'https:' && protocol !== 'http:') return
  const [command, ...before] = openers[process.platform] ?? ['xdg-open']
  spawn(command, [...before, href], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref()
}
