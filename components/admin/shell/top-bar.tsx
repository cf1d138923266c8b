'use client'
import { Menu } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Brand } from '@/components/brand'
import { Button } from '@/components/ui/button'
import { Dialog, DialogTrigger, SheetContent } from '@/components/ui/dialog'
import { Nav } from './nav'

/** The top bar, on screens too narrow for the sidebar. */
export function TopBar({ foot }: { foot: ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <header className="sticky top-0 z-30 border-b bg-canvas/95 backdrop-blur-sm lg:hidden print:hidden">
      <div className="flex h-13 items-center gap-1 px-2">
        <Dialog open={open} onOpenChange={setOpen}>
          <DialogTrigger asChild>
            <Button variant="ghost" size="icon" aria-label="Open the menu" className="size-11">
              <Menu aria-hidden className="size-5" />
            </Button>
          </DialogTrigger>
          <SheetContent heading="Menu">
            <div className="px-4 pt-3.5 pb-4">
              <Brand />
            </div>
            <div className="flex-1 px-2">
              <Nav onNavigate={() => setOpen(false)} />
            </div>
            <div className="grid gap-2 border-t p-2">{foot}</div>
          </SheetContent>
        </Dialog>
        <Brand />
      </div>
      <noscript>
        <div className="border-t p-2">
          <Nav />
        </div>
      </noscript>
    </header>
  )
}
