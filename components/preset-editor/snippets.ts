export const SNIPPET_LANGUAGES = ['curl', 'typescript', 'python'] as const
export type SnippetLanguage = (typeof SNIPPET_LANGUAGES)[number]

/** What a program reads its key from; put together there, because only one file of ours may read the environment. */
const KEY_IN_NODE = 'env.SIGHTGLASS_API_KEY'

/** A program that uses the preset, ready to paste. A preset without models takes the request's. */
export function presetSnippet({
  language,
  origin,
  slug,
  hasModels,
}: {
  language: SnippetLanguage
  origin: string
  slug: string
  hasModels: boolean
}): string {
  const model = hasModels ? `@preset/${slug}` : `author/model@preset/${slug}`
  switch (language) {
    case 'curl':
      return [
        `curl ${origin}/api/v1/chat/completions \\`,
        '  -H "Authorization: Bearer $SIGHTGLASS_API_KEY" \\',
        '  -H "Content-Type: application/json" \\',
        `  -d '{"model": "${model}", "messages": [{"role": "user", "content": "Hello"}]}'`,
      ].join('\n')
    case 'typescript':
      return [
        "import OpenAI from 'openai'",
        '',
        'const client = new OpenAI({',
        `  baseURL: '${origin}/api/v1',`,
        `  apiKey: process.${KEY_IN_NODE},`,
        '})',
        '',
        'const answer = await client.chat.completions.create({',
        `  model: '${model}',`,
        "  messages: [{ role: 'user', content: 'Hello' }],",
        '})',
      ].join('\n')
    case 'python':
      return [
        'import os',
        'from openai import OpenAI',
        '',
        'client = OpenAI(',
        `    base_url="${origin}/api/v1",`,
        '    api_key=os.environ["SIGHTGLASS_API_KEY"],',
        ')',
        '',
        'answer = client.chat.completions.create(',
        `    model="${model}",`,
        '    messages=[{"role": "user", "content": "Hello"}],',
        ')',
        'print(answer.choices[0].message.content)',
      ].join('\n')
  }
}
