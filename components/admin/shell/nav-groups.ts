import type { NavItem } from './nav-items'

const order: Readonly<Record<string, readonly string[]>> = {
  Connect: ['/admin', '/admin/connect'],
  Watch: ['/admin/handshakes', '/admin/log'],
  Manage: [
    '/admin/connections',
    '/admin/clients',
    '/admin/tokens',
    '/admin/sessions',
    '/admin/approvals',
  ],
  Server: [
    '/admin/self-check',
    '/admin/alerts',
    '/admin/keys',
    '/admin/operators',
    '/admin/audit',
    '/admin/settings',
  ],
}

const placed = new Set(Object.values(order).flat())

type NavGroup = { readonly label: string; readonly items: readonly NavItem[] }

/** The sidebar's sections by group; ungrouped ones belong to the server. */
export const inGroups = (navItems: readonly NavItem[]): NavGroup[] =>
  Object.entries(order).map(([label, hrefs]) => ({
    label,
    items: [
      ...hrefs.flatMap((href) => navItems.filter((item) => item.href === href)),
      ...(label === 'Server' ? navItems.filter(({ href }) => !placed.has(href)) : []),
    ],
  }))
