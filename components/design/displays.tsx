'use client'
import { Inbox } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { BarChart, ChartTable } from '@/components/ui/bar-chart'
import {
  Breadcrumb,
  BreadcrumbItem,
  BreadcrumbLink,
  BreadcrumbPage,
} from '@/components/ui/breadcrumb'
import { Callout } from '@/components/ui/callout'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import { Code } from '@/components/ui/code'
import { EmptyState } from '@/components/ui/empty-state'
import { Kbd } from '@/components/ui/kbd'
import { RelativeTime } from '@/components/ui/relative-time'
import { Skeleton } from '@/components/ui/skeleton'
import { StatusDot } from '@/components/ui/status-dot'
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table'

const badges = ['neutral', 'outline', 'accent', 'ok', 'warn', 'bad'] as const
const dots = ['ok', 'warn', 'bad', 'accent', 'neutral'] as const
const callouts = ['neutral', 'ok', 'warn', 'bad'] as const
const bars = [3, 8, null, 13, 5, 0, 21].map((value, index) => ({
  key: String(index),
  label: `${index}:00`,
  value,
}))
const row = 'flex flex-wrap items-center gap-2'

export function Marks() {
  return (
    <div className="grid gap-3">
      <div className={row}>
        {badges.map((tone) => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        ))}
        <Badge mono>mono</Badge>
      </div>
      <div className={row}>
        {dots.map((tone) => (
          <span key={tone} className="flex items-center gap-1.5 text-sm">
            <StatusDot tone={tone} pulse={tone === 'ok'} />
            {tone}
          </span>
        ))}
      </div>
      <div className={row}>
        <Kbd>Ctrl</Kbd>
        <Code>code</Code>
        <RelativeTime at="2026-01-01T00:00:00Z" className="text-muted text-sm" />
      </div>
      <div className="grid gap-2">
        <Skeleton className="h-5 w-2/3" />
        <Skeleton className="h-5 w-1/3" />
      </div>
      <Breadcrumb aria-label="An example of a breadcrumb">
        <BreadcrumbItem>
          <BreadcrumbLink>
            <a href="#top">Section</a>
          </BreadcrumbLink>
        </BreadcrumbItem>
        <BreadcrumbItem>
          <BreadcrumbPage>Item</BreadcrumbPage>
        </BreadcrumbItem>
      </Breadcrumb>
    </div>
  )
}

export function Panels() {
  const chart = { summary: 'An example, at most 21', bars, format: String }
  return (
    <div className="grid gap-4">
      {callouts.map((tone) => (
        <Callout key={tone} tone={tone}>
          A callout, {tone}.
        </Callout>
      ))}
      <Card>
        <CardHeader>
          <CardTitle>A card</CardTitle>
        </CardHeader>
        <CardContent className="grid grid-cols-2 gap-4">
          {(['accent', 'ok', 'warn', 'bad'] as const).map((tone) => (
            <BarChart key={tone} {...chart} tone={tone} />
          ))}
        </CardContent>
      </Card>
      <ChartTable
        caption="An example"
        heads={['At', 'Amount']}
        rows={bars.map(({ key, label, value }) => ({ key, cells: [label, String(value ?? '–')] }))}
      />
      <Card>
        <Table>
          <caption className="sr-only">An example</caption>
          <TableHead>
            <tr>
              <TableHeader>Name</TableHeader>
              <TableHeader>State</TableHeader>
            </tr>
          </TableHead>
          <TableBody>
            {['One', 'Two'].map((name) => (
              <TableRow key={name}>
                <TableCell>{name}</TableCell>
                <TableCell label="State">well</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Card>
      <Card>
        <EmptyState icon={Inbox} title="Nothing here">
          This says what to do next.
        </EmptyState>
      </Card>
    </div>
  )
}
