import { useId } from 'react'
import { roleWords } from '@/components/kit/role-words'
import type { Role } from '@/lib/vocabulary'

type RoleChoiceProps = {
  readonly value: Role
  readonly problem?: string | undefined
}

/** The four roles and their permissions as native radio buttons. */
export function RoleChoice({ value, problem }: RoleChoiceProps) {
  const id = useId()
  return (
    <fieldset
      className="grid min-w-0 gap-2"
      aria-describedby={problem ? `${id}-problem` : undefined}
    >
      <legend className="mb-1.5 font-medium text-sm">Role</legend>
      {Object.entries(roleWords).map(([role, { label, may }]) => (
        <label
          key={role}
          className="flex cursor-pointer gap-3 rounded-lg border px-3 py-2.5 hover:bg-hover has-checked:border-accent-line has-checked:bg-accent-soft"
        >
          <input
            type="radio"
            name="role"
            value={role}
            defaultChecked={role === value}
            className="mt-0.5 size-4 shrink-0 accent-accent max-md:size-6"
          />
          <span className="grid min-w-0 gap-0.5">
            <span className="font-medium text-ink text-sm">{label}</span>
            <span className="text-pretty text-muted text-xs max-md:text-sm">
              {may.charAt(0).toUpperCase() + may.slice(1)}
            </span>
          </span>
        </label>
      ))}
      {problem ? (
        <p id={`${id}-problem`} className="text-bad-ink text-sm">
          {problem}
        </p>
      ) : null}
    </fieldset>
  )
}
