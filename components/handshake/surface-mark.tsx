import {
  Asterisk,
  Bot,
  Cable,
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

/** Icons by kind of product; all others are developer tools. */
const icons: Partial<Record<Surface, LucideIcon>> = {
  'claude-hosted': Asterisk,
  'claude-desktop': Asterisk,
  'claude-code': SquareTerminal,
  codex: SquareTerminal,
  'gemini-cli': SquareTerminal,
  opencode: SquareTerminal,
  mcpc: SquareTerminal,
  'mcp-remote': Cable,
  chatgpt: MessageCircle,
  librechat: MessageCircle,
  'open-webui': MessageCircle,
  mistral: MessageCircle,
  cursor: MousePointer2,
  vscode: CodeXml,
  windsurf: CodeXml,
  zed: CodeXml,
  'github-copilot': CodeXml,
  inspector: ScanSearch,
  mcpjam: ScanSearch,
  postman: ScanSearch,
  unknown: CircleQuestionMark,
}

/** The product as an icon tile. Show its name beside it. */
export function SurfaceMark({ surface, className }: { surface: Surface; className?: string }) {
  const Icon = icons[surface] ?? Bot
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
