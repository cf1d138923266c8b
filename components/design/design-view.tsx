import type { ReactNode } from 'react'
import { Buttons, Overlays } from './actions'
import { Marks, Panels } from './displays'
import { Inputs } from './inputs'
import { Colours, Shapes, Type } from './tokens'

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="grid min-w-0 gap-3">
      <h3 className="font-medium text-muted text-sm">{title}</h3>
      {children}
    </section>
  )
}

/** Everything in one theme, whatever the page's. */
function Theme({ name }: { readonly name: 'light' | 'dark' }) {
  return (
    <section
      aria-label={`${name} theme`}
      className={`${name} grid min-w-0 content-start gap-8 rounded-xl border bg-canvas p-5 text-ink`}
    >
      <h2 className="font-semibold text-xl">{name}</h2>
      <Part title="Colours">
        <Colours />
      </Part>
      <Part title="Type">
        <Type />
      </Part>
      <Part title="Corners, shadows and motion">
        <Shapes />
      </Part>
      <Part title="Buttons">
        <Buttons />
      </Part>
      <Part title="Above the page">
        <Overlays />
      </Part>
      <Part title="Inputs">
        <Inputs name={name} />
      </Part>
      <Part title="Marks">
        <Marks />
      </Part>
      <Part title="Panels, tables and charts">
        <Panels />
      </Part>
    </section>
  )
}

/** Every token and primitive in both themes, for developers. */
export function DesignView() {
  return (
    <div className="grid gap-5 lg:grid-cols-2">
      <Theme name="light" />
      <Theme name="dark" />
    </div>
  )
}
