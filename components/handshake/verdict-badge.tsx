import {
  CircleCheck,
  CircleX,
  Hand,
  Hourglass,
  KeyRound,
  type LucideIcon,
  TimerOff,
  TriangleAlert,
} from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import type { Verdict } from '@/lib/handshake/handshake'
import { verdictKinds, verdictWords } from '@/lib/handshake/words'

type Looks = {
  readonly tone: 'ok' | 'warn' | 'bad' | 'accent' | 'neutral'
  readonly icon: LucideIcon
}

const looks: Record<Verdict['kind'], Looks> = {
  'in-progress': { tone: 'accent', icon: Hourglass },
  'signed-in': { tone: 'ok', icon: KeyRound },
  connected: { tone: 'ok', icon: CircleCheck },
  degraded: { tone: 'warn', icon: TriangleAlert },
  'refused-by-operator': { tone: 'neutral', icon: Hand },
  stalled: { tone: 'warn', icon: TimerOff },
  failed: { tone: 'bad', icon: CircleX },
}

/** The verdict, by word, shape and colour. */
export function VerdictBadge({ verdict }: { verdict: Verdict }) {
  const { tone, icon: Icon } = looks[verdict.kind]
  return (
    <Badge tone={tone} title={verdictWords(verdict)}>
      <Icon aria-hidden />
      {verdictKinds[verdict.kind]}
    </Badge>
  )
}
