import { navItems } from './nav-items'

type NavItem = (typeof navItems)[number]

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

/** The sections in the groups of the sidebar; one that no group names is of the server. */
export const navGroups: readonly { readonly label: string; readonly items: readonly NavItem[] }[] =
  Object.entries(order).map(([label, hrefs]) => ({
    label,
    items: [
      ...hrefs.flatMap((href) => navItems.filter((item) => item.href === href)),
      ...(label === 'Server' ? navItems.filter(({ href }) => !placed.has(href)) : []),
    ],
  }))
