import type { Browser } from 'playwright-core'
import { launchBrowser } from './browser.mjs'

let launched: Promise<Browser> | null = null

/**
 * The browser that the test files of this process share. What a file opens in it is closed with the
 * file at the latest. Open `http://localhost`, not 127.0.0.1: cookies differ.
 *
 * @throws where there is none and none can be had
 */
export function sharedBrowser(): Promise<Browser> {
  launched = (launched ?? launchBrowser()).then((one) =>
    one.isConnected() ? one : launchBrowser(),
  )
  return launched
}

/** Closes all that is open in the shared browser, and leaves it running. */
export async function closeBrowsers(): Promise<void> {
  const browser = await launched
  await Promise.all((browser?.contexts() ?? []).map((context) => context.close()))
}
