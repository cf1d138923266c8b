const colours = [
  ['canvas', 'bg-canvas'],
  ['surface', 'bg-surface'],
  ['raised', 'bg-raised'],
  ['sunken', 'bg-sunken'],
  ['hover', 'bg-hover'],
  ['line', 'bg-line'],
  ['line-strong', 'bg-line-strong'],
  ['ink', 'bg-ink'],
  ['muted', 'bg-muted'],
  ['accent', 'bg-accent'],
  ['accent-hover', 'bg-accent-hover'],
  ['accent-ink', 'bg-accent-ink'],
  ['accent-soft', 'bg-accent-soft'],
  ['accent-line', 'bg-accent-line'],
  ['on-accent', 'bg-on-accent'],
  ['ok', 'bg-ok'],
  ['ok-ink', 'bg-ok-ink'],
  ['ok-soft', 'bg-ok-soft'],
  ['warn', 'bg-warn'],
  ['warn-ink', 'bg-warn-ink'],
  ['warn-soft', 'bg-warn-soft'],
  ['warn-line', 'bg-warn-line'],
  ['bad', 'bg-bad'],
  ['bad-ink', 'bg-bad-ink'],
  ['bad-soft', 'bg-bad-soft'],
  ['bad-line', 'bg-bad-line'],
  ['bad-solid', 'bg-bad-solid'],
] as const

const sizes = [
  'text-2xs',
  'text-xs',
  'text-sm',
  'text-base',
  'text-lg',
  'text-xl',
  'text-2xl',
  'text-3xl',
]
const corners = ['rounded-sm', 'rounded-md', 'rounded-lg', 'rounded-xl', 'rounded-full']
const shadows = ['shadow-panel', 'shadow-overlay']
const motions = ['animate-enter', 'animate-fade', 'animate-arrive', 'animate-halo', 'animate-pulse']

const boxes = 'flex flex-wrap gap-3'

export function Colours() {
  return (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(7rem,1fr))] gap-3">
      {colours.map(([name, fill]) => (
        <li key={name} className="grid gap-1 text-2xs text-muted">
          <span className={`h-9 rounded-md border ${fill}`} />
          {name}
        </li>
      ))}
    </ul>
  )
}

export function Type() {
  return (
    <ul className="grid gap-1.5">
      {sizes.map((size) => (
        <li key={size} className={`${size} truncate`}>
          {size}, and <span className="font-mono">in mono</span>
        </li>
      ))}
    </ul>
  )
}

export function Shapes() {
  return (
    <div className="grid gap-4 text-2xs text-muted">
      {[corners, shadows, motions].map((names) => (
        <ul key={names[0]} className={boxes}>
          {names.map((name) => (
            <li key={name} className="grid gap-1">
              <span className={`h-12 w-24 border bg-surface ${name}`} />
              {name}
            </li>
          ))}
        </ul>
      ))}
    </div>
  )
}
