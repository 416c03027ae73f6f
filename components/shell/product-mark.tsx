/** A sight glass seen from the front: a ring with its window half full. */
export function ProductMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" aria-hidden="true" className={className}>
      <circle cx="12" cy="12" r="9.25" stroke="currentColor" strokeWidth="2" />
      <path
        d="M6.4 12.6c1.9-1.5 3.7-1.5 5.6 0s3.7 1.5 5.6 0A5.75 5.75 0 0 1 6.4 12.6Z"
        fill="var(--accent)"
        stroke="var(--accent)"
        strokeWidth="1"
        strokeLinejoin="round"
      />
    </svg>
  )
}
