'use client'
import { useState } from 'react'
import { Checkbox } from '@/components/ui/checkbox'
import { Field, LinesField } from '@/components/ui/field'
import { Radio, RadioGroup } from '@/components/ui/radio-group'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { Select } from '@/components/ui/select'
import { Switch } from '@/components/ui/switch'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import { Textarea } from '@/components/ui/textarea'
import { ThemeSwitch } from '@/components/ui/theme-switch'

const views = [
  { value: 'day', label: 'Day' },
  { value: 'week', label: 'Week' },
]

/** Every input. @param name the theme's, to distinguish the fields */
export function Inputs({ name }: { readonly name: string }) {
  const [on, setOn] = useState(true)
  const [view, setView] = useState('day')
  return (
    <div className="grid gap-4">
      <Field name={`${name}-plain`} label="A field" hint="What to type in it." placeholder="Text" />
      <Field name={`${name}-wrong`} label="A wrong field" problem="This says what to change." />
      <LinesField name={`${name}-lines`} label="Several lines" hint="One a line." />
      <Textarea aria-label="A text" placeholder="It grows with what is typed" />
      <Select aria-label="A choice" defaultValue="one">
        <option value="one">One</option>
        <option value="two">Two</option>
      </Select>
      <Checkbox name={`${name}-check`} label="A checkbox" hint="What it means." defaultChecked />
      <RadioGroup aria-label="One of two" defaultValue="one">
        <Radio value="one" label="The first" />
        <Radio value="two" label="The second" />
      </RadioGroup>
      <Switch label="A switch" checked={on} onCheckedChange={setOn} />
      <SegmentedControl label="View" value={view} onValueChange={setView} choices={views} />
      <ThemeSwitch theme={name} onThemeChange={() => undefined} />
      <Tabs defaultValue="one">
        <TabsList aria-label="Views">
          <TabsTrigger value="one">One</TabsTrigger>
          <TabsTrigger value="two">Two</TabsTrigger>
        </TabsList>
        <TabsContent value="one">The first view.</TabsContent>
        <TabsContent value="two">The second view.</TabsContent>
      </Tabs>
    </div>
  )
}
