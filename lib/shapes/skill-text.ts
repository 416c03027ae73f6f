type Span = { start: number; end: number }

const LONGEST_FRONT_MATTER = 8192

/**
 * How many characters of a prompt text describe skills: `<available_skills>` and `<skill …>` elements, YAML front
 * matter with a name and a description, and paragraphs that point to a `SKILL.md`. What several marks cover counts
 * once. Linear, also for text full of marks that are never closed. Source: how agents put skills (agentskills.io:
 * front matter with `name` and `description` in a `SKILL.md`) into their prompts.
 */
export function skillLengthOf(text: string): number {
  const spans = [
    ...elements({ text, opening: '<available_skills', closing: '</available_skills>' }),
    ...elements({ text, opening: '<skill', closing: '</skill>' }),
    ...frontMatters(text),
    ...paragraphsWith({ text, mark: 'SKILL.md' }),
  ]
  return spans.length === 0 ? 0 : coveredLength(spans)
}

function elements({ text, opening, closing }: { text: string; opening: string; closing: string }): Span[] {
  const spans: Span[] = []
  for (let start = text.indexOf(opening); start !== -1; ) {
    const after = text[start + opening.length]
    if (after === '>' || after === ' ' || after === '\n') {
      const closed = text.indexOf(closing, start)
      if (closed === -1) return spans
      spans.push({ start, end: closed + closing.length })
      start = text.indexOf(opening, closed)
    } else start = text.indexOf(opening, start + opening.length)
  }
  return spans
}

/** `---`, lines with a name and a description, `---`; each rule may close one and open the next. */
function frontMatters(text: string): Span[] {
  const spans: Span[] = []
  let open = text.startsWith('---\n') ? 0 : nextRule(text, 0)
  while (open !== -1) {
    const close = nextRule(text, open + 3)
    if (close === -1) return spans
    const isShort = close - open <= LONGEST_FRONT_MATTER
    const matter = isShort ? text.slice(open, close) : ''
    const isSkill = matter.includes('\nname:') && matter.includes('\ndescription:')
    if (isSkill) spans.push({ start: open, end: close + 3 })
    open = isSkill ? nextRule(text, close + 3) : close
  }
  return spans
}

/** The place of the next line that begins with three dashes; -1 for none. */
function nextRule(text: string, from: number): number {
  const lineEnd = text.indexOf('\n---', from)
  return lineEnd === -1 ? -1 : lineEnd + 1
}

function paragraphsWith({ text, mark }: { text: string; mark: string }): Span[] {
  const spans: Span[] = []
  let done = 0
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, done)) {
    const before = text.slice(done, at).lastIndexOf('\n\n')
    const end = text.indexOf('\n\n', at)
    spans.push({ start: before === -1 ? done : done + before + 2, end: end === -1 ? text.length : end })
    if (end === -1) return spans
    done = end
  }
  return spans
}

function coveredLength(spans: readonly Span[]): number {
  const sorted = [...spans].sort((a, b) => a.start - b.start)
  let covered = 0
  let reached = 0
  for (const { start, end } of sorted) {
    covered += Math.max(0, end - Math.max(start, reached))
    reached = Math.max(reached, end)
  }
  return covered
}
