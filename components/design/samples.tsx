'use client'
import { Inbox, Plus, Settings } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { ConfirmButton } from '@/components/kit/confirm-dialog'
import { DataTable } from '@/components/kit/list/data-table'
import { RowMenu } from '@/components/kit/row-menu'
import { Badge } from '@/components/ui/badge'
import { BarChart, ChartTable } from '@/components/ui/bar-chart'
import { Breadcrumb, BreadcrumbItem, BreadcrumbPage } from '@/components/ui/breadcrumb'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Card, CardContent, TitledCard } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/checkbox'
import { Code } from '@/components/ui/code'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import { EmptyState } from '@/components/ui/empty-state'
import { Field, LinesField } from '@/components/ui/field'
import { Kbd } from '@/components/ui/kbd'
import { RelativeTime } from '@/components/ui/relative-time'
import { Select } from '@/components/ui/select'
import { Skeleton } from '@/components/ui/skeleton'
import { StatusDot } from '@/components/ui/status-dot'
import { Switch } from '@/components/ui/switch'
import { ThemeSwitch } from '@/components/ui/theme-switch'
import { Tooltip } from '@/components/ui/tooltip'
import { colourSample, shapeSample, typeSample } from './tokens'

const bars = [3, 8, null, 13, 5, 0, 21].map((value, index) => ({
  key: String(index),
  label: `${index}:00`,
  value,
}))

const columns = [
  { id: 'name', header: 'Name', lead: true, cell: (name: string) => name },
  { id: 'state', header: 'State', cell: () => 'well' },
]

const Row = ({ children }: { readonly children: ReactNode }) => (
  <div className="flex flex-wrap items-center gap-2">{children}</div>
)

function Inputs() {
  const [isOn, setOn] = useState(true)
  return (
    <div className="grid gap-4">
      <Field name="plain" label="A field" hint="What to type in it." placeholder="Text" />
      <Field name="wrong" label="A wrong field" problem="This says what to change." />
      <LinesField name="lines" label="Several lines" hint="One a line." />
      <Select aria-label="A choice" defaultValue="one">
        <option value="one">One</option>
        <option value="two">Two</option>
      </Select>
      <Checkbox name="check" label="A checkbox" hint="What it means." defaultChecked />
      <Switch label="A switch" checked={isOn} onCheckedChange={setOn} />
      <ThemeSwitch theme="system" onThemeChange={() => undefined} />
    </div>
  )
}

const buttons = (
  <>
    {(['sm', 'md', 'lg'] as const).map((size) => (
      <Row key={size}>
        {(['primary', 'secondary', 'ghost', 'danger', 'link'] as const).map((variant) => (
          <Button key={variant} variant={variant} size={size}>
            <Plus aria-hidden />
            {variant}
          </Button>
        ))}
      </Row>
    ))}
    <Row>
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
    </Row>
  </>
)

/** Everything that opens above the page; it uses the page's theme. */
const overlays = (
  <Row>
    <Dialog>
      <DialogTrigger asChild>
        <Button>Dialog</Button>
      </DialogTrigger>
      <DialogContent heading="A dialog" description="With a sentence below its name.">
        <p className="mt-3 text-sm">What it is about.</p>
      </DialogContent>
    </Dialog>
    <ConfirmButton
      button={{ children: 'Alert dialog' }}
      title="Delete it?"
      keep="Keep it"
      confirm="Delete"
      busy="Deleting…"
      onConfirm={async () => ({ ok: true, message: 'A notice' })}
    >
      <p>This says what will happen, and to whom.</p>
    </ConfirmButton>
    <RowMenu
      name="an example"
      groups={[
        [{ label: 'Do something', icon: Plus, onSelect: () => undefined }],
        [{ label: 'Undo everything', icon: Inbox, tone: 'bad', onSelect: () => undefined }],
      ]}
    />
  </Row>
)

const marks = (
  <>
    <Row>
      {(['neutral', 'outline', 'accent', 'ok', 'warn', 'bad'] as const).map((tone) => (
        <Badge key={tone} tone={tone}>
          {tone}
        </Badge>
      ))}
      <Badge tone="ok" dot>
        dot
      </Badge>
      <Badge mono>mono</Badge>
    </Row>
    <Row>
      {(['ok', 'warn', 'bad', 'accent', 'neutral'] as const).map((tone) => (
        <span key={tone} className="flex items-center gap-1.5 text-sm">
          <StatusDot tone={tone} pulse={tone === 'ok'} />
          {tone}
        </span>
      ))}
    </Row>
    <Row>
      <Kbd>Ctrl</Kbd>
      <Code>code</Code>
      <RelativeTime at="2026-01-01T00:00:00Z" className="text-muted text-sm" />
    </Row>
    <Skeleton className="h-5 w-2/3" />
    <Breadcrumb>
      <BreadcrumbItem>
        <a href="#top">Section</a>
      </BreadcrumbItem>
      <BreadcrumbItem>
        <BreadcrumbPage>Item</BreadcrumbPage>
      </BreadcrumbItem>
    </Breadcrumb>
  </>
)

const panels = (
  <>
    {(['neutral', 'ok', 'warn', 'bad'] as const).map((tone) => (
      <Callout key={tone} tone={tone}>
        A callout, {tone}.
      </Callout>
    ))}
    <TitledCard title="A card">
      <CardContent className="grid grid-cols-2 gap-4">
        {(['accent', 'ok', 'warn'] as const).map((tone) => (
          <BarChart key={tone} summary="An example" bars={bars} format={String} tone={tone} />
        ))}
      </CardContent>
    </TitledCard>
    <ChartTable
      caption="An example"
      heads={['At', 'Amount']}
      rows={bars.map(({ key, label, value }) => ({ key, cells: [label, String(value ?? '–')] }))}
    />
    <Card>
      <DataTable
        caption="An example"
        rows={['One', 'Two']}
        columns={columns}
        keyOf={(name) => name}
      />
    </Card>
    <Card>
      <EmptyState icon={Inbox} title="Nothing here">
        This says what to do next.
      </EmptyState>
    </Card>
  </>
)

const samples = [
  { title: 'Colours', sample: colourSample },
  { title: 'Type', sample: typeSample },
  { title: 'Corners, shadows and motion', sample: shapeSample },
  { title: 'Buttons', sample: buttons },
  { title: 'Above the page', sample: overlays },
  { title: 'Inputs', sample: <Inputs /> },
  { title: 'Marks', sample: marks },
  { title: 'Panels, tables and charts', sample: panels },
]

/** Every token and primitive in both themes, whatever the page's, for developers. */
export function Samples() {
  return (
    <div className="grid gap-5 lg:grid-cols-2">
      {['light', 'dark'].map((theme) => (
        <section
          key={theme}
          aria-label={`${theme} theme`}
          className={`${theme} grid min-w-0 content-start gap-8 rounded-xl border bg-canvas p-5 text-ink`}
        >
          <h2 className="font-semibold text-xl">{theme}</h2>
          {samples.map(({ title, sample }) => (
            <section key={title} className="grid min-w-0 gap-3">
              <h3 className="font-medium text-muted text-sm">{title}</h3>
              {sample}
            </section>
          ))}
        </section>
      ))}
    </div>
  )
}
