const TERM = /(\bprovider\.[a-z_]+)/

/** A plan's reason, its terms of the API set apart from the words, so that they can be found in a preset. */
export function ReasonText({ text }: { text: string }) {
  return text.split(TERM).map((part, place) =>
    place % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence never change their order
      <code key={place} className="font-mono text-foreground">
        {part}
      </code>
    ),
  )
}
