import type { OAuthError } from '@/lib/oauth/errors'
import { type ClientProblem, RefusedClient } from '@/lib/oauth/refused-client'
import { reasonWords } from '@/lib/reasons'
import type { SignedInPerson } from './endpoint'

/** What the page of a refusal says, and what the person can do. */
export type Advice = { readonly message: string; readonly next: string }

const addAgain =
  'Remove this server from the app and add it again, so that the app registers again.'
const makersTurn = 'Only the developers of the app can fix that. Show them the details below.'

/** The same for every document problem: strangers may probe internal names (CIMD §8.6). */
const unusableDocument: Advice = {
  message:
    'The app that sent you here describes itself in a document that it publishes, and this server cannot use that document.',
  next: 'Wait five minutes and connect again. If it still fails, show the details below to the operator of this server: its log says why. Adding the server to the app again does not help.',
}

const advices: Readonly<Record<ClientProblem, Advice>> = {
  unknown: {
    message:
      'The app that sent you here is not known to this server. It may have been registered long ago and removed since.',
    next: addAgain,
  },
  disabled: {
    message: 'The app that sent you here was disabled on this server.',
    next: 'Ask the operator of this server to enable it again. Trying again, or adding the server to the app again, does not help.',
  },
  id: {
    message:
      'The app that sent you here identifies itself by an address that cannot describe an app.',
    next: makersTurn,
  },
  'document-away': {
    message:
      'The app that sent you here describes itself in a document that it publishes, and this server could not fetch that document.',
    next: 'Wait five minutes and connect again: usually the app’s site was down or refused this server. If it still fails, show the details below to the operator of this server: its log says why. Adding the server to the app again does not help.',
  },
  'document-invalid': {
    message:
      'The app that sent you here describes itself in a document that it publishes, and that document is invalid.',
    next: makersTurn,
  },
  'redirect-of-dynamic': {
    message:
      'The app that sent you here wants your answer at a different address than it registered here.',
    next: addAgain,
  },
  'redirect-of-document': {
    message:
      'The app that sent you here wants your answer at an address that the description it publishes does not name.',
    next: makersTurn,
  },
  'redirect-of-registered': {
    message:
      'The app that sent you here wants your answer at an address that was not entered for it on this server.',
    next: 'Ask the operator of this server to add the address to the app under Clients. The app itself needs no change.',
  },
}

const other = ({ description }: OAuthError): Advice => ({
  message: `The app that sent you here made a request that cannot be answered: ${description}.`,
  next: 'Go back to the app and try again. If it still fails, show the details below to the operator of this server.',
})

const isDocument = (problem: ClientProblem): boolean => problem.startsWith('document-')

/** Whether a person may see the cause: those who can read the log. */
export const mayReadCause = (signedIn: SignedInPerson | null): boolean =>
  signedIn !== null && signedIn.role !== 'member'

/**
 * The advice on a refusal's page. For document problems it depends on the person: not signed in, the
 * same text for all; signed in, whether it was unreachable or invalid; with access to the log, why.
 */
export function adviceOn(error: OAuthError, signedIn: SignedInPerson | null): Advice {
  if (!(error instanceof RefusedClient)) return other(error)
  const { problem, reason } = error
  if (!isDocument(problem)) return advices[problem]
  if (!signedIn) return unusableDocument
  const { message, next } = advices[problem]
  if (!mayReadCause(signedIn)) return { message, next }
  const away =
    'The handshake in the dashboard says what to do. Then connect again from the app, without removing it first.'
  return {
    message: `${message} The cause: ${reasonWords(reason)}.`,
    next: problem === 'document-away' ? away : next,
  }
}
