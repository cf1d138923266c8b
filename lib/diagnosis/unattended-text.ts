import type { StageId } from '@/lib/handshake/handshake'
import { type ProductId, productNames } from '@/lib/products/names'
import { type AlertText, stepName } from './alert-text'

/** Attempts without a person: how many of which product ended where, largest first. */
export type UnattendedAttempts = {
  readonly counts: readonly {
    readonly surface: string
    readonly kind: 'stalled' | 'failed'
    readonly stage: StageId
    readonly count: number
  }[]
  readonly addresses: number
  readonly fromClaude: number
}

/** Further ones are summed up: a message stays short, and the page has the table. */
const maxLines = 4

const isProduct = (surface: string): surface is ProductId => Object.hasOwn(productNames, surface)

/** The product it claims to be: unproven when no person took part. */
const named = (surface: string): string =>
  isProduct(surface) ? `what calls itself ${productNames[surface]}` : 'an unknown product'

const attempts = (count: number): string => (count === 1 ? '1 attempt' : `${count} attempts`)

function originsOf({ addresses, fromClaude }: UnattendedAttempts, total: number): string {
  const from = addresses === 1 ? 'from one address' : `from ${addresses} addresses`
  if (fromClaude === 0) return `They came ${from}, none in Claude’s network.`
  if (fromClaude === total) return `They came ${from}, all in Claude’s network.`
  return `They came ${from}, ${fromClaude} of them in Claude’s network.`
}

/** Describes attempts without a person, all in one message: anyone can cause them, in any number. */
export function unattendedText(
  held: UnattendedAttempts,
  { serverName, url }: { readonly serverName: string; readonly url: string },
): AlertText {
  const total = held.counts.reduce((sum, { count }) => sum + count, 0)
  const subject = `${serverName}: ${attempts(total)} without a person came to nothing`
  const shown = held.counts.slice(0, maxLines)
  const rest = total - shown.reduce((sum, { count }) => sum + count, 0)
  const lines = shown.map(
    ({ surface, kind, stage, count }) =>
      `${count} of ${named(surface)} ${kind} at “${stepName(stage)}”.`,
  )
  return {
    subject,
    text: [
      `${subject}.`,
      originsOf(held, total),
      ...lines,
      ...(rest > 0 ? [`${rest} ended elsewhere.`] : []),
      'Nobody signed in; attempts with a sign-in are reported one by one.',
      url,
    ].join('\n'),
  }
}
