'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import {
  Breadcrumb,
  BreadcrumbItem,
  BreadcrumbPage,
  breadcrumbLink,
} from '@/components/ui/breadcrumb'
import { useItemName } from './item-name'
import { isWithin, useSections } from './sections'

/** Path segments with names of their own; any other is an id. */
const names: Readonly<Record<string, string>> = { new: 'New', of: 'Event' }

function nameOf(step: string): string {
  const text = decodeURIComponent(step)
  return names[text] ?? (text.length > 28 ? `${text.slice(0, 12)}…${text.slice(-6)}` : text)
}

/** The section, and the open item. */
export function Crumbs() {
  const path = usePathname()
  const itemName = useItemName()
  const section = useSections().find(({ href }) => isWithin(path, href))
  if (!section) return null
  const steps = path.slice(section.href.length).split('/').filter(Boolean)
  const item = itemName ?? steps.map(nameOf).join(' ')
  return (
    <Breadcrumb>
      <BreadcrumbItem>
        {steps.length === 0 ? (
          <BreadcrumbPage>{section.label}</BreadcrumbPage>
        ) : (
          <Link href={section.href} className={breadcrumbLink}>
            {section.label}
          </Link>
        )}
      </BreadcrumbItem>
      {steps.length === 0 ? null : (
        <BreadcrumbItem>
          <BreadcrumbPage>{item}</BreadcrumbPage>
        </BreadcrumbItem>
      )}
    </Breadcrumb>
  )
}
