'use client'
import { Ellipsis, type LucideIcon } from 'lucide-react'
import Link from 'next/link'
import { Fragment, type Ref } from 'react'
import { Button } from '@/components/ui/button'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'

/** One item of a menu: a page, or an action. */
export type MenuItem = { readonly label: string; readonly icon: LucideIcon } & (
  | { readonly href: string }
  | { readonly onSelect: () => void; readonly tone?: 'bad' }
)

function Item({ label, icon: Icon, ...item }: MenuItem) {
  const content = (
    <>
      <Icon aria-hidden />
      {label}
    </>
  )
  if (!('href' in item)) return <DropdownMenuItem {...item}>{content}</DropdownMenuItem>
  return (
    <DropdownMenuItem asChild>
      <Link href={item.href} prefetch={false}>
        {content}
      </Link>
    </DropdownMenuItem>
  )
}

type RowMenuProps = {
  /** what the actions are for */
  readonly name: string
  /** groups of items, with a line between them */
  readonly groups: readonly (readonly MenuItem[])[]
  /** the button, which gets the focus back from a dialog */
  readonly trigger?: Ref<HTMLButtonElement>
}

/** The pages and actions of one row. */
export function RowMenu({ name, groups, trigger }: RowMenuProps) {
  const shown = groups.filter(({ length }) => length > 0)
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button ref={trigger} variant="ghost" size="icon-sm" aria-label={`Actions for ${name}`}>
          <Ellipsis aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" within="content">
        {shown.map((items, at) => (
          <Fragment key={items[0]?.label}>
            {at > 0 ? <DropdownMenuSeparator /> : null}
            {items.map((item) => (
              <Item key={item.label} {...item} />
            ))}
          </Fragment>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
