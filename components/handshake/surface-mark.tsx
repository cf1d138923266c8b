import {
  Asterisk,
  CircleQuestionMark,
  CodeXml,
  type LucideIcon,
  MessageCircle,
  MousePointer2,
  ScanSearch,
  SquareTerminal,
} from 'lucide-react'
import { cn } from '@/components/ui/cn'
import type { Surface } from '@/lib/handshake/handshake'
import { surfaceWords } from '@/lib/handshake/words'

const icons: Record<Surface, LucideIcon> = {
  'claude-hosted': Asterisk,
  'claude-code': SquareTerminal,
  chatgpt: MessageCircle,
  cursor: MousePointer2,
  vscode: CodeXml,
  inspector: ScanSearch,
  unknown: CircleQuestionMark,
}

/** Which product connects, as a tile to find a row by. Its name has to stand beside it. */
export function SurfaceMark({ surface, className }: { surface: Surface; className?: string }) {
  const Icon = icons[surface]
  return (
    <span
      aria-hidden
      title={surfaceWords[surface]}
      className={cn(
        'grid size-8 shrink-0 place-items-center rounded-md border bg-sunken text-muted',
        className,
      )}
    >
      <Icon className="size-4" />
    </span>
  )
}
