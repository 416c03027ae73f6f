import { CopyButton } from './copy-button'

/** Something to paste elsewhere, with a button that copies it. */
export function CodeBlock({ title, note, code }: { title: string; note?: string; code: string }) {
  return (
    <figure className="min-w-0">
      <figcaption className="mb-2 flex items-end justify-between gap-3">
        <span>
          <span className="block font-medium">{title}</span>
          {note ? <span className="block text-sm text-muted">{note}</span> : null}
        </span>
        <CopyButton text={code} />
      </figcaption>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        className="overflow-x-auto rounded-lg border bg-sunken p-3 font-mono text-xs leading-5"
      >
        <code>{code}</code>
      </pre>
    </figure>
  )
}
