import { disableSecondStep, openPasswordLink } from '@/lib/auth/way-back'
import { ownExchange } from '@/lib/recorder/exchange'
import { type ListedPerson, listPeople } from '@/lib/store/people/list'
import { findUserForSignIn } from '@/lib/store/people/users'
import { visible } from '@/lib/text'
import { runCommand } from './commands'

const usage = 'usage: npm run operators -- list | password-link <email> | codes-off <email>'

/** The command line has no signed-in user: the audit trail names Portico. */
const exchange = () => ownExchange('CLI', '/operators')

async function personOf(email: string | undefined) {
  const found = email ? await findUserForSignIn(email) : null
  if (found) return found.user
  throw new Error(`no enabled account has the address ${email ?? '(none given)'}`)
}

const lineOf = ({ email, role, disabledAt, lastSignedInAt }: ListedPerson): string =>
  [
    visible(email, 320),
    role,
    disabledAt ? 'disabled' : 'enabled',
    lastSignedInAt ? `last signed in ${lastSignedInAt.toISOString()}` : 'has never signed in',
  ].join('  ')

const pageSize = 200

async function list(): Promise<void> {
  for (let after: string | undefined; ; ) {
    const people = await listPeople({}, { order: 'oldest', limit: pageSize, after })
    for (const person of people) console.log(lineOf(person))
    if (people.length < pageSize) return
    after = people.at(-1)?.id
  }
}

async function passwordLink(email: string | undefined): Promise<void> {
  const { link, expiresAt } = await openPasswordLink(await personOf(email), exchange())
  console.log(
    `${link}\nworks once, until ${expiresAt.toISOString()}: the first person to open it can choose a password`,
  )
}

async function codesOff(email: string | undefined): Promise<void> {
  const person = await personOf(email)
  const isDisabled = await disableSecondStep(person, exchange())
  console.log(
    isDisabled
      ? `${person.email} signs in without a one-time code from now on`
      : `${person.email} does not use one-time codes`,
  )
}

await runCommand(usage, { list, 'password-link': passwordLink, 'codes-off': codesOff })
