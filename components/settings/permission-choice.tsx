/** What somebody or something may do, to tick: one of it (`radio`) or any number (`checkbox`). */
export function PermissionChoice<Value extends string>({
  legend,
  type,
  name,
  options,
  descriptions,
  chosen,
}: {
  legend: string
  type: 'radio' | 'checkbox'
  name: string
  options: readonly Value[]
  descriptions: Readonly<Record<Value, { label: string; note: string }>>
  /** What is ticked at first. */
  chosen: Value
}) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      <div className="flex flex-col rounded-lg border">
        {options.map((value) => (
          <label
            key={value}
            className="flex items-start gap-2.5 border-b px-3 py-2 last:border-b-0 hover:bg-hover"
          >
            <input
              type={type}
              name={name}
              value={value}
              defaultChecked={value === chosen}
              className="mt-0.5 size-4 accent-accent"
            />
            <span>
              <span className="block text-sm font-medium">{descriptions[value].label}</span>
              <span className="block text-xs text-muted">{descriptions[value].note}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
