import { Select } from '@/components/ui/select'

type Option = { readonly value: string; readonly label: string }

type FilterSelectProps = {
  readonly name: string
  readonly label: string
  /** label of the choice that filters nothing */
  readonly all: string
  readonly options: readonly Option[]
  readonly value: string | undefined
  /** whether `/` focuses it, in a list without a search field */
  readonly isSearch?: boolean
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
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </Select>
  )
}
