'use client'
import { Braces, ChevronDown, Download, FileText, Network } from 'lucide-react'
import { Button } from '@/components/ui/button'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'

const formats = [
  { format: 'json', label: 'Events and findings as JSON', icon: Braces },
  { format: 'har', label: 'Requests as HAR', icon: Network },
  { format: 'md', label: 'Redacted report as Markdown', icon: FileText },
]

/** Downloads of one handshake. */
export function ExportMenu({ id }: { id: string }) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button>
          <Download aria-hidden />
          Export
          <ChevronDown aria-hidden className="text-muted" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" within="content">
        {formats.map(({ format, label, icon: Icon }) => (
          <DropdownMenuItem key={format} asChild>
            <a href={`/admin/handshakes/${id}/export?format=${format}`} download>
              <Icon aria-hidden />
              {label}
            </a>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
