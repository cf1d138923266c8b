import { type Reason, reasonWords, wireText } from '@/lib/reasons'

/** Seconds in words: `45 s`, `10 min`, `12 h`, `30 d`. */
export function duration(seconds: number | undefined): string {
  if (seconds === undefined) return 'an unknown time'
  if (seconds < 120) return `${seconds} s`
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`
  return `${Math.round(seconds / 86_400)} d`
}

/** A count in words: `1 client`, `3 clients`. */
export const count = (number: number | undefined, one: string): string =>
  `${number ?? 'No'} ${one}${number === 1 ? '' : 's'}`

/** Capitalises the first letter, as at the start of a sentence. */
export const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** A reason as a sentence. */
export const because = (reason: Reason | undefined, otherwise = 'no reason was recorded'): string =>
  sentenceCase(reason ? reasonWords(reason) : otherwise)

type Refusal = { error?: string; description?: string; reason?: Reason }

/** Why something was refused: the error sent to the client, and the reason when it says more. */
export function refusal({ error, description, reason }: Refusal): string {
  const sent = description ?? error
  if (!sent) return because(reason)
  const words = reason && reasonWords(reason)
  // the description is often the reason itself, with the quotes of the wire
  const addsDetail = words && words !== sent && wireText(words) !== sent
  return addsDetail ? `${sentenceCase(sent)} (${words})` : sentenceCase(sent)
}

type McpDetail = { firstUse?: boolean }

/** Adds what is notable about an MCP request to its sentence. */
export const mcpSentence = (text: string, { firstUse }: McpDetail): string =>
  firstUse ? `${text}; first use of this token` : text
