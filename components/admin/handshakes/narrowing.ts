import type { Narrowing } from '@/components/kit/list/define-list'
import type { HandshakeChoices } from '@/lib/admin/handshakes/choices'
import { stageWords, surfaceWords, verdictKinds } from '@/lib/handshake/words'

type Choice = { readonly value: string; readonly label: string }

const named = (words: Readonly<Record<string, string>>): Choice[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }))

/** The filters of the handshakes. */
export const handshakeNarrowing: Narrowing<HandshakeChoices> = {
  path: '/admin/handshakes',
  filters: [
    { name: 'client', label: 'Client', all: 'All clients', choices: ({ clients }) => clients },
    { name: 'surface', label: 'Product', all: 'All products', choices: named(surfaceWords) },
    {
      name: 'stage',
      label: 'Step',
      all: 'At any step',
      choices: Object.entries(stageWords).map(([value, { label }]) => ({ value, label })),
    },
    { name: 'user', label: 'Person', all: 'All people', choices: ({ people }) => people },
    {
      name: 'verdict',
      label: 'Verdict',
      choices: [{ value: '', label: 'All' }, ...named(verdictKinds)],
    },
    {
      name: 'unused',
      label: 'Use',
      choices: [
        { value: '', label: 'Any' },
        { value: 'yes', label: 'Token never used' },
      ],
    },
  ],
  since: 'Started',
}
