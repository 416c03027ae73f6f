/** What this shape is called in hub parts that only it has a word for. */
export const RESPONSES = 'openai-responses'

/** The reasoning that providers of this shape take back, by OpenRouter's name. */
export const RESPONSES_REASONING = 'openai-responses-v1'
