import { ActiveFilters } from '@/components/admin/list/active-filters'
import { Choices } from '@/components/admin/list/choices'
import { ExportLinks } from '@/components/admin/list/export-links'
import { FilterForm } from '@/components/admin/list/filter-form'
import { FilterSelect } from '@/components/admin/list/filter-select'
import type { HandshakeChoices } from '@/lib/admin/handshake-choices'
import type { HandshakeQuery } from '@/lib/admin/handshake-views'
import { stageWords, surfaceWords, verdictKinds } from '@/lib/handshake/words'
import { TimeSelect } from './time-select'

const verdicts = [
  { value: '', label: 'All' },
  ...Object.entries(verdictKinds).map(([value, label]) => ({ value, label })),
]

const uses = [
  { value: '', label: 'Any' },
  { value: 'yes', label: 'Token never used' },
]

const kept = ['verdict', 'unused', 'to'] as const

type Option = { readonly value: string; readonly label: string }

const named = (words: Readonly<Record<string, string>>): Option[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }))

const stages = Object.entries(stageWords).map(([value, { label }]) => ({ value, label }))

type HandshakesToolbarProps = {
  readonly path: string
  readonly query: HandshakeQuery
  readonly choices: HandshakeChoices
  /** ISO 8601: the server's clock */
  readonly now: string
}

/** Which attempts are shown; all of it is in the URL. */
export function HandshakesToolbar({ path, query, choices, now }: HandshakesToolbarProps) {
  const { surface, stage, client, user, from } = query
  return (
    <div className="flex flex-wrap items-center gap-2">
      <FilterForm path={path}>
        <FilterSelect
          name="client"
          label="Client"
          all="All clients"
          options={choices.clients}
          value={client}
          isSearch
        />
        <FilterSelect
          name="surface"
          label="Product"
          all="All products"
          options={named(surfaceWords)}
          value={surface}
        />
        <FilterSelect name="stage" label="Step" all="At any step" options={stages} value={stage} />
        <FilterSelect
          name="user"
          label="Person"
          all="All people"
          options={choices.people}
          value={user}
        />
        <TimeSelect from={from} now={now} />
        {kept.map((name) =>
          query[name] ? <input key={name} type="hidden" name={name} value={query[name]} /> : null,
        )}
      </FilterForm>
      <Choices label="Verdict" path={path} query={query} name="verdict" choices={verdicts} />
      <Choices label="Use" path={path} query={query} name="unused" choices={uses} />
      <ActiveFilters path={path} query={{ to: query.to }} />
      <div className="md:ml-auto">
        <ExportLinks path={path} query={query} formats={['csv', 'json']} />
      </div>
    </div>
  )
}
