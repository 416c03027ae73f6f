'use client'

import { type FormEvent, useId, useState } from 'react'
import { formErrors } from '@/components/api/form-errors'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { TextField } from '@/components/ui/text-field'
import type { FieldError } from '@/lib/platform/errors'
import type { UseCaseRequest } from '@/lib/records/use-case'
import type { UseCaseRuleRow } from '@/lib/use-cases/schema'
import { PastFit } from './past-fit'
import {
  asksForWholePrompt,
  draftOf,
  EMPTY_RULE,
  inputOf,
  problemsOf,
  RULE_FIELDS,
  type RuleDraft,
  type RuleInput,
} from './rule-input'
import { SampleFit } from './sample-fit'

/** The fields of a rule, and what it would have done to the newest requests. */
export function RuleForm({
  rule,
  rules,
  sample,
  error,
  isBusy,
  onCancel,
  onSubmit,
}: {
  rule: UseCaseRuleRow | null
  rules: readonly UseCaseRuleRow[]
  sample: UseCaseRequest | null
  error: Error | null
  isBusy: boolean
  onCancel: () => void
  onSubmit: (draft: RuleDraft) => void
}) {
  const [input, setInput] = useState<RuleInput>(() => (rule === null ? EMPTY_RULE : inputOf(rule)))
  const [found, setFound] = useState<FieldError[]>([])
  const namesId = useId()
  const change = (more: Partial<RuleInput>) => {
    setInput((now) => ({ ...now, ...more }))
    setFound((now) => now.filter(({ path }) => !(path in more)))
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const draft = draftOf(input)
    const problems = problemsOf(draft)
    setFound(problems)
    if (problems.length === 0) onSubmit(draft)
  }
  const errors = formErrors({ found, error, fields: RULE_FIELDS })
  const field = (name: keyof RuleInput) => ({
    value: input[name],
    error: errors.messageFor(name),
    onChange: (event: { target: { value: string } }) => change({ [name]: event.target.value }),
    autoComplete: 'off',
  })
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <TextField
        label="Use case"
        placeholder="code review"
        list={namesId}
        {...field('useCase')}
        hint="What requests that fit are for"
      />
      <datalist id={namesId}>
        {[...new Set(rules.map(({ useCase }) => useCase))].map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <fieldset className="flex flex-col gap-3 rounded-lg border p-3.5">
        <legend className="px-1 text-sm text-muted">Fits requests where all of these do</legend>
        <TextField label="App" placeholder="shop-*" {...field('app')} />
        <TextField
          label="Tool"
          placeholder="read_file"
          {...field('tool')}
          hint="Any offered tool with such a name"
        />
        <div className="flex flex-col items-start gap-1.5">
          <TextField
            label="System prompt"
            placeholder="*you review code*"
            {...field('systemPrompt')}
            className="w-full"
          />
          {asksForWholePrompt(input) ? (
            <div className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
              Fits only a prompt of exactly these words.
              <Button size="small" onClick={() => change({ systemPrompt: `*${input.systemPrompt.trim()}*` })}>
                Find them anywhere in it
              </Button>
            </div>
          ) : null}
        </div>
        <p className="text-xs text-muted">
          <code className="font-mono">*</code> stands for any text; upper and lower case are the same. Leave
          empty what does not matter.
        </p>
      </fieldset>
      <PastFit ruleId={rule?.id ?? null} draft={draftOf(input)} />
      <SampleFit ruleId={rule?.id ?? null} draft={draftOf(input)} rules={rules} sample={sample} />
      {errors.general ? (
        <Notice tone="negative" role="alert">
          {errors.general}
        </Notice>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={isBusy}>
          {isBusy ? 'Saving…' : rule === null ? 'Add the rule' : 'Save'}
        </Button>
      </div>
    </form>
  )
}
