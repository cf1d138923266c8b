const colours = [
  'bg-canvas bg-surface bg-raised bg-sunken bg-hover bg-line bg-line-strong bg-ink bg-muted',
  'bg-accent bg-accent-hover bg-accent-ink bg-accent-soft bg-accent-line bg-on-accent',
  'bg-ok bg-ok-ink bg-ok-soft bg-warn bg-warn-ink bg-warn-soft bg-warn-line',
  'bg-bad bg-bad-ink bg-bad-soft bg-bad-line bg-bad-solid',
].flatMap((names) => names.split(' '))

const sizes = 'text-2xs text-xs text-sm text-base text-lg text-xl text-2xl text-3xl'.split(' ')

const shapes = [
  'rounded-sm rounded-md rounded-lg rounded-xl rounded-full',
  'shadow-panel shadow-overlay',
  'animate-enter animate-fade animate-arrive animate-halo animate-pulse',
]

export const colourSample = (
  <ul className="grid grid-cols-[repeat(auto-fill,minmax(7rem,1fr))] gap-3">
    {colours.map((fill) => (
      <li key={fill} className="grid gap-1 text-2xs text-muted">
        <span className={`h-9 rounded-md border ${fill}`} />
        {fill.slice('bg-'.length)}
      </li>
    ))}
  </ul>
)

export const typeSample = (
  <ul className="grid gap-1.5">
    {sizes.map((size) => (
      <li key={size} className={`${size} truncate`}>
        {size}, and <span className="font-mono">in mono</span>
      </li>
    ))}
  </ul>
)

export const shapeSample = (
  <div className="grid gap-4 text-2xs text-muted">
    {shapes.map((names) => (
      <ul key={names} className="flex flex-wrap gap-3">
        {names.split(' ').map((name) => (
          <li key={name} className="grid gap-1">
            <span className={`h-12 w-24 border bg-surface ${name}`} />
            {name}
          </li>
        ))}
      </ul>
    ))}
  </div>
)
