import { z } from 'zod'
import { isObject, type JsonObject } from '../../platform/json-value'
import { problemsOfInput, problemsOfTools } from './check-input'

/**
 * What the gateway itself reads of a request in OpenAI's Responses shape; everything else is kept as it came. It is
 * stateless, as OpenRouter's: what would need stored answers is refused with what to send instead, `store: true` is
 * accepted and not kept. Items of `input` are looked into by hand, because zod would copy every part of a prompt of
 * 20 MB. Sources: ResponseCreateParams of OpenAI's API reference; openresponses.org.
 */
export const responsesRequest: z.ZodType<JsonObject> = z
  .looseObject({
    input: z.union([z.string(), z.array(z.unknown()).min(1, 'expected at least one input item')], {
      error: (issue) =>
        issue.code === 'invalid_union' ? 'expected text or a list of input items' : undefined,
    }),
    instructions: z.string('expected text').nullish(),
    stream: z.boolean('expected true or false').nullish(),
    stream_options: z.looseObject({}, 'expected an object').nullish(),
    store: z.boolean('expected true or false').nullish(),
    tools: z.array(z.unknown(), 'expected a list of tools').nullish(),
    tool_choice: z
      .union(
        [z.enum(['none', 'auto', 'required']), z.looseObject({ type: z.string() })],
        'expected none, auto, required or a tool',
      )
      .nullish(),
    parallel_tool_calls: z.boolean('expected true or false').nullish(),
    max_output_tokens: z.int('expected a whole number of tokens').min(1, 'expected 1 or more').nullish(),
    temperature: z.number('expected a number').nullish(),
    top_p: z.number('expected a number').nullish(),
    top_logprobs: z.int('expected a whole number').nullish(),
    text: z
      .looseObject(
        {
          format: z
            .looseObject({ type: z.string('expected text') }, 'expected an object with a type')
            .nullish(),
          verbosity: z.string('expected low, medium or high').nullish(),
        },
        'expected an object',
      )
      .nullish(),
    reasoning: z
      .looseObject(
        { effort: z.string('expected text').nullish(), summary: z.string('expected text').nullish() },
        'expected an object',
      )
      .nullish(),
    include: z.array(z.string('expected text'), 'expected a list of texts').nullish(),
    metadata: z.looseObject({}, 'expected an object').nullish(),
    user: z.string('expected text').nullish(),
    safety_identifier: z.string('expected text').nullish(),
    prompt_cache_key: z.string('expected text').nullish(),
    service_tier: z.string('expected text').nullish(),
    truncation: z.string('expected auto or disabled').nullish(),
    background: z
      .literal(
        false,
        'answers are not stored, so none can be fetched later: send stream: true, or wait for the answer',
      )
      .nullish(),
    previous_response_id: absent('send the earlier items, with their answers, in input'),
    conversation: absent('send the items of the conversation in input'),
    prompt: absent('send the text of the prompt in instructions or input'),
  })
  .superRefine((body, context) => {
    const problems = [
      ...(Array.isArray(body.input) ? problemsOfInput(body.input) : []),
      ...(Array.isArray(body.tools) ? problemsOfTools(body.tools) : []),
      ...problemsOfFormat(body.text?.format),
    ]
    for (const { path, message } of problems.slice(0, MAX_PROBLEMS))
      context.addIssue({ code: 'custom', path, message })
  })

/** More would only make the answer long. */
const MAX_PROBLEMS = 20

function absent(instead: string) {
  return z.null(`nothing is stored here: ${instead}`).optional()
}

function problemsOfFormat(format: unknown) {
  if (!isObject(format) || format.type !== 'json_schema') return []
  if (isObject(format.schema)) return []
  return [{ path: ['text', 'format', 'schema'], message: 'expected a JSON Schema' }]
}
