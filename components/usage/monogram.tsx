/** Up to two initials in a quiet square; decoration beside a name. */
export function Monogram({ name }: { name: string }) {
  return (
    <span
      aria-hidden="true"
      className="flex size-8 shrink-0 items-center justify-center rounded-lg border bg-sunken text-2xs font-semibold text-muted uppercase"
    >
      {initials(name)}
    </span>
  )
}

function initials(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  const [first, second] = words
  if (first === undefined) return '?'
  return second === undefined ? first.slice(0, 2) : first.slice(0, 1) + second.slice(0, 1)
}
