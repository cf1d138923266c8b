'use client'
import { Plus, Settings } from 'lucide-react'
import { useState } from 'react'
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogTitle,
} from '@/components/ui/alert-dialog'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'
import { Tooltip } from '@/components/ui/tooltip'

const variants = ['primary', 'secondary', 'ghost', 'danger', 'link'] as const
const sizes = ['sm', 'md', 'lg'] as const
const row = 'flex flex-wrap items-center gap-2'

export function Buttons() {
  return (
    <div className="grid gap-3">
      {sizes.map((size) => (
        <div key={size} className={row}>
          {variants.map((variant) => (
            <Button key={variant} variant={variant} size={size}>
              <Plus aria-hidden />
              {variant}
            </Button>
          ))}
        </div>
      ))}
      <div className={row}>
        <Button size="icon" aria-label="An icon">
          <Settings aria-hidden />
        </Button>
        <Button size="icon-sm" variant="ghost" aria-label="A small icon">
          <Settings aria-hidden />
        </Button>
        <Button disabled>Disabled</Button>
        <CopyButton value="copied" what="a text" label="Copy" />
        <CopyButton value="copied" what="another text" size="icon" />
        <Tooltip label="What it is">
          <Button>With a tooltip</Button>
        </Tooltip>
      </div>
    </div>
  )
}

/** Everything that opens above the page; it uses the page's theme. */
export function Overlays() {
  const [asking, setAsking] = useState(false)
  return (
    <div className={row}>
      <Dialog>
        <DialogTrigger asChild>
          <Button>Dialog</Button>
        </DialogTrigger>
        <DialogContent heading="A dialog" description="With a sentence below its name.">
          <p className="mt-3 text-sm">What it is about.</p>
        </DialogContent>
      </Dialog>
      <Button onClick={() => setAsking(true)}>Alert dialog</Button>
      <AlertDialog open={asking} onOpenChange={setAsking}>
        <AlertDialogContent>
          <AlertDialogTitle>Delete it?</AlertDialogTitle>
          <AlertDialogDescription>This says what will happen, and to whom.</AlertDialogDescription>
          <AlertDialogFooter>
            <AlertDialogCancel>Keep it</AlertDialogCancel>
            <Button variant="danger" onClick={() => setAsking(false)}>
              Delete
            </Button>
          </AlertDialogFooter>
        </AlertDialogContent>
      </AlertDialog>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button>Menu</Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuLabel>A group</DropdownMenuLabel>
          <DropdownMenuItem>Do something</DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuItem tone="bad">Undo everything</DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <Popover>
        <PopoverTrigger asChild>
          <Button>Popover</Button>
        </PopoverTrigger>
        <PopoverContent aria-label="A popover">A small panel.</PopoverContent>
      </Popover>
    </div>
  )
}
