import { Select } from '@/components/ui/select'
import type { Choice } from './choices'

type FilterSelectProps = {
  readonly name: string
  readonly label: string
  /** label of the choice that filters nothing */
  readonly all: string
  readonly options: readonly Choice[]
  readonly value: string | undefined
  /** whether `/` focuses it, in a list without a search field */
  readonly isSearch?: boolean
}

/** The options, under their headings where they have some. */
export function Options({ options }: { readonly options: readonly Choice[] }) {
  const groups = new Set(options.map(({ group }) => group))
  return [...groups].map((label) => {
    const within = options.filter(({ group }) => group === label)
    const shown = within.map(({ value, label: text }) => (
      <option key={value} value={value}>
        {text}
      </option>
    ))
    return label ? (
      <optgroup key={label} label={label}>
        {shown}
      </optgroup>
    ) : (
      shown
    )
  })
}

/** Keeps the current choice in the list even if the options lack it. */
export function FilterSelect({ name, label, all, options, value, isSearch }: FilterSelectProps) {
  const isKnown = !value || options.some((option) => option.value === value)
  return (
    <Select
      key={value}
      name={name}
      aria-label={label}
      defaultValue={value ?? ''}
      data-search={isSearch || undefined}
      className="max-md:flex-1 max-md:basis-[45%] md:max-w-44"
    >
      <option value="">{all}</option>
      {isKnown ? null : <option value={value}>{value}</option>}
      <Options options={options} />
    </Select>
  )
}
