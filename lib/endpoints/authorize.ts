import 'server-only'
import { wantsJsonOnly } from '@/lib/http/page'
import { isPrefetch, notYet, seeOther } from '@/lib/http/responses'
import { checkAuthorizationRequest, checkRedirectUri } from '@/lib/oauth/authorization-request'
import { isClientIdUrl } from '@/lib/oauth/client-metadata-document'
import { OAuthError, parameterMissing } from '@/lib/oauth/errors'
import { later, lifetimes } from '@/lib/oauth/lifetimes'
import { loopbackPolicy } from '@/lib/oauth/loopback-policy'
import { type Parameters, readParameters, readResources } from '@/lib/oauth/parameters'
import { redirectHost } from '@/lib/oauth/redirect-uri'
import { type ClientProblem, RefusedClient } from '@/lib/oauth/refused-client'
import { newId } from '@/lib/oauth/secret'
import { commit } from '@/lib/recorder/recorder'
import { type Client, findClient } from '@/lib/store/clients/clients'
import { createInteraction } from '@/lib/store/grants/interactions'
import { addresses } from './addresses'
import { type Approvable, approve, needsApproval, rememberedConsent } from './approve'
import {
  checked,
  checkRefused,
  type ProvenClient,
  refusedByPage,
  refusedToClient,
} from './authorization-refusal'
import { clientFormOf } from './body'
import { documentClient } from './client-documents'
import { type Handler, isPersonal, personalEndpoint, type Visit } from './endpoint'
import { browserMark, runMark } from './request-marks'
import { noteMade } from './room'
import { countAuthorization, countInteraction, crowdSource } from './throttles'

/** OAuth 2.1 §3.1: GET must be supported, POST may be. */
const readRequest = async (request: Request): Promise<URLSearchParams> =>
  request.method === 'POST' ? clientFormOf(request) : new URL(request.url).searchParams

const unknownClient = (): OAuthError => new RefusedClient('unknown', { kind: 'client-unknown' })

async function identifyClient(clientId: string | undefined, visit: Visit): Promise<Client> {
  if (clientId === undefined) throw parameterMissing('client_id')
  const known = await findClient(clientId)
  if (known?.disabledAt) throw new RefusedClient('disabled', { kind: 'client-disabled' })
  if (isClientIdUrl(clientId)) return documentClient(clientId, known, visit)
  if (!known) throw unknownClient()
  return known
}

/** Who can fix an unregistered redirect URI depends on how the client was registered. */
const redirectProblems: Readonly<Record<Client['kind'], ClientProblem>> = {
  dynamic: 'redirect-of-dynamic',
  metadata_document: 'redirect-of-document',
  registered: 'redirect-of-registered',
}

async function proveClient(parameters: Parameters, visit: Visit) {
  const client = await identifyClient(parameters.client_id, visit)
  const { redirect_uri: requested } = parameters
  try {
    const redirectUri = checkRedirectUri(client.redirectUris, requested, loopbackPolicy(client))
    return { client, redirectUri }
  } catch (error) {
    // a missing one is the app's own mistake; a registered one is refused for its own problem
    const isOwn = requested === undefined || client.redirectUris.includes(requested)
    if (!(error instanceof OAuthError) || isOwn) throw error
    throw new RefusedClient(redirectProblems[client.kind], error.reason, { code: error.code })
  }
}

async function openInteraction(
  { parameters, resources, client, redirectUri }: ProvenClient,
  browser: string | undefined,
  visit: Visit,
): Promise<Approvable> {
  const asked = checkAuthorizationRequest(parameters, resources, addresses())
  const { signedIn, startedAt } = visit
  if (!signedIn) await countInteraction(visit, client)
  const id = newId('int_')
  visit.ids.interactionId = id
  const isClean = parameters.scope === undefined || parameters.scope === asked.scope
  const requested = {
    clientName: client.name,
    requestedScope: parameters.scope,
    scope: asked.scope,
    resource: asked.resource,
    redirectHost: redirectHost(redirectUri),
    quirks: isClean ? [] : ['scope was not clean'],
    run: runMark(parameters),
    browser,
  }
  const interaction = {
    id,
    clientId: client.id,
    redirectUri,
    state: parameters.state ?? null,
    requestedScope: parameters.scope ?? null,
    ...asked,
    source: signedIn ? null : crowdSource(visit, client),
    createdAt: startedAt,
    expiresAt: later(startedAt, lifetimes.interaction),
  }
  const created = await commit(visit, (describe) =>
    createInteraction(interaction, [describe('authorization.requested', requested, 303)]),
  )
  if (!created) throw unknownClient()
  if (!signedIn) noteMade('interactions')
  return { ...interaction, client }
}

/** Redirects to the consent page, through sign-in if needed; or past it with a remembered consent. */
async function redirectOnward(interaction: Approvable, { prompt }: Parameters, visit: Visit) {
  const consent = `/consent/${interaction.id}`
  if (!isPersonal(visit)) return seeOther(`/sign-in?next=${encodeURIComponent(consent)}`)
  // `prompt` and a client that needs approval always ask the person
  const asks = prompt !== undefined || needsApproval(interaction.client, visit.signedIn)
  const remembered = asks ? null : await rememberedConsent(interaction, visit.signedIn)
  const answer = remembered && (await approve(interaction, { remember: false, remembered }, visit))
  return answer || seeOther(consent)
}

const authorizeClient: Handler = async (request, visit) => {
  if (isPrefetch(request)) return notYet()
  const isProgram = wantsJsonOnly(request)
  let proven: ProvenClient
  try {
    const source = await readRequest(request)
    const parameters = readParameters(source)
    // an id longer than any of ours is not looked up, but the log shows its beginning
    visit.ids.clientId = parameters.client_id?.slice(0, 200)
    await countAuthorization(visit, visit.signedIn?.id)
    const resources = readResources(source)
    proven = { parameters, resources, ...(await proveClient(parameters, visit)) }
    if (isProgram) return checked(proven, visit)
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    return isProgram ? checkRefused(error, visit) : refusedByPage(error, visit)
  }
  // a link preview or a probe starts nothing
  if (request.method === 'HEAD') return new Response(null, { status: 200 })
  try {
    const interaction = await openInteraction(proven, browserMark(request.headers), visit)
    return await redirectOnward(interaction, proven.parameters, visit)
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    return refusedToClient(error, proven, visit)
  }
}

/** The authorization endpoint (RFC 6749 §3.1). It has no CORS (OAuth 2.1 §3.1). */
export const authorize = personalEndpoint('authorize', {
  cors: false,
  methods: { GET: authorizeClient, POST: authorizeClient },
})
