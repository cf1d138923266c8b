import { Notice, SinglePage } from '@/components/stage'
import { buttonVariants } from '@/components/ui/button'

/** For members, who cannot see the dashboard. */
export function NoAccess({ email }: { email: string }) {
  return (
    <SinglePage>
      <Notice
        title="The dashboard is for operators"
        action={
          <>
            <a href="/connections" className={buttonVariants({ variant: 'primary' })}>
              Your connections
            </a>
            <a href="/account" className={buttonVariants()}>
              Your account
            </a>
            <a href="/sign-in?switch=1" className={buttonVariants()}>
              Use another account
            </a>
          </>
        }
      >
        <p>
          <span className="wrap-anywhere font-medium text-ink">{email}</span> may allow connections
          in its own name, and end them. To see the dashboard as well, ask an admin of this server
          for the role of a viewer or an operator.
        </p>
      </Notice>
    </SinglePage>
  )
}
