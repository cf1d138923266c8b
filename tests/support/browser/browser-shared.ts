import type { Browser } from 'playwright-core'
import { launchBrowser } from './browser.mjs'

let launched: Promise<Browser> | null = null

/**
 * The browser that the test files of this process share. What a file opens in it is closed with the
 * file at the latest. Use `http://localhost`, not 127.0.0.1: cookies differ.
 *
 * @throws if no browser can be found or installed
 */
export function sharedBrowser(): Promise<Browser> {
  launched = (launched ?? launchBrowser()).then((one) =>
    one.isConnected() ? one : launchBrowser(),
  )
  return launched
}

/** Closes all contexts of the shared browser, and keeps it running. */
export async function closeBrowsers(): Promise<void> {
  const browser = await launched
  await Promise.all((browser?.contexts() ?? []).map((context) => context.close()))
}
