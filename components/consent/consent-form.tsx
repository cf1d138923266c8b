import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Checkbox } from '@/components/ui/checkbox'
import { AnswerOnce } from './answer-once'
import { ClientName } from './client-name'
import { ConsentClientCard } from './consent-client'
import { ConsentScopes, ConsentWithheld } from './consent-scopes'
import { ConsentTerms } from './consent-terms'
import type { OpenConsent } from './open-consent'

/**
 * One question and two answers, in plain HTML: it must work in an embedded browser without
 * JavaScript. The redirect host comes first, since that is what a user can check.
 */
export function ConsentForm({ view }: { view: OpenConsent }) {
  const consent = `/consent/${encodeURIComponent(view.interactionId)}`
  return (
    <form method="post" action={`${consent}/decision`}>
      <input type="hidden" name="csrf" value={view.csrf} />
      <ConsentClientCard view={view} />
      <h1 className="mt-6 text-balance font-semibold text-xl">
        Let <bdi className="wrap-anywhere">{view.client.name}</bdi> use {view.serverName}?
      </h1>
      <ConsentScopes scopes={view.scopes} />
      <ConsentWithheld scopes={view.withheld} />
      <ConsentTerms view={view} />
      {view.rememberable ? (
        <Checkbox
          name="remember"
          value="yes"
          label="Do not ask again for this app"
          className="mt-5"
        />
      ) : null}
      {view.needsApproval ? (
        <Callout className="mt-5">
          No operator of this server has approved <ClientName>{view.client.name}</ClientName>{' '}
          before. When you allow it, your answer waits until one does.
        </Callout>
      ) : null}
      <noscript>
        <input type="hidden" name="script" value="none" />
      </noscript>
      <AnswerOnce redirectHost={view.redirectHost} href={`${consent}/answer`}>
        <div className="mt-6 grid grid-cols-2 gap-3">
          <Button type="submit" name="decision" value="deny" size="lg" aria-describedby="deny-note">
            Deny
          </Button>
          <Button type="submit" name="decision" value="allow" size="lg" variant="primary">
            Allow
          </Button>
        </div>
      </AnswerOnce>
      <p id="deny-note" className="mt-3 text-pretty text-muted text-xs">
        If you deny, <ClientName>{view.client.name}</ClientName> is told no and nothing is stored.
        It may ask again.
      </p>
    </form>
  )
}
