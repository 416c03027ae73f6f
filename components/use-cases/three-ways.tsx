import type { ReactNode } from 'react'

/** How requests get a use case; the first of the three that says one decides. */
export function ThreeWays() {
  return (
    <section aria-label="Three ways to a use case" className="flex flex-col gap-3 text-sm">
      <p className="text-muted">Requests get their use case from the first of these that names one:</p>
      <ol className="grid gap-x-6 gap-y-4 sm:grid-cols-[repeat(auto-fit,minmax(12rem,1fr))]">
        <Way number={1} title="The log says it">
          A record’s <Code>useCase</Code>, or a span’s attribute <Code>sightglass.use_case</Code>.
        </Way>
        <Way number={2} title="The program says it">
          A header with the request to the gateway here: <Code>X-Sightglass-Use-Case: code review</Code>. It
          is not passed on to providers.
        </Way>
        <Way number={3} title="A rule tells">
          By the app’s name, the names of offered tools, or words of the system prompt. Prompts are looked at
          as they pass and never stored for it.
        </Way>
      </ol>
    </section>
  )
}

function Way({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li className="flex gap-3">
      <span
        aria-hidden="true"
        className="flex size-6 shrink-0 items-center justify-center rounded-full bg-hover text-xs font-semibold tabular-nums"
      >
        {number}
      </span>
      <div className="min-w-0">
        <p className="font-medium">{title}</p>
        <p className="text-muted">{children}</p>
      </div>
    </li>
  )
}

function Code({ children }: { children: ReactNode }) {
  return <code className="font-mono text-xs break-words text-foreground">{children}</code>
}
