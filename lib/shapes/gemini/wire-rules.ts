import type { WireRules } from '../rules/wire-rules'

const inConfig = (...names: string[]) => names.map((name) => ({ name, at: [`generationConfig.${name}`] }))

/**
 * Where things stand in generateContent, and what may be left out of it. Source: models.generateContent of the Gemini
 * API reference, and of Vertex for the names of functions.
 */
export const geminiWireRules: WireRules = {
  toolNames: {
    request: [
      'tools[].functionDeclarations[].name',
      'contents[].parts[].functionCall.name',
      'contents[].parts[].functionResponse.name',
    ],
    mentions: ['toolConfig.functionCallingConfig.allowedFunctionNames[]'],
    answer: ['candidates[].content.parts[].functionCall.name'],
  },
  callIds: ['contents[].parts[].functionCall.id', 'contents[].parts[].functionResponse.id'],
  roles: ['contents[].role'],
  opaqueNames: [],
  tokenLimits: ['generationConfig.maxOutputTokens'],
  efforts: [],
  hasThinkingBudget: false,
  optional: [
    ...inConfig(
      'temperature',
      'topP',
      'topK',
      'seed',
      'presencePenalty',
      'frequencyPenalty',
      'responseLogprobs',
      'logprobs',
      'thinkingConfig',
      'mediaResolution',
    ),
    { name: 'candidateCount', at: ['generationConfig.candidateCount'], only: 1 },
    { name: 'thinkingLevel', at: ['generationConfig.thinkingConfig.thinkingLevel'] },
    { name: 'thinkingBudget', at: ['generationConfig.thinkingConfig.thinkingBudget'] },
    { name: 'includeThoughts', at: ['generationConfig.thinkingConfig.includeThoughts'] },
    { name: 'labels', at: ['labels'] },
    { name: 'serviceTier', at: ['serviceTier'] },
    {
      name: 'ids of calls',
      at: ['contents[].parts[].functionCall.id', 'contents[].parts[].functionResponse.id'],
    },
  ],
  essential: {
    '': [
      'contents',
      'systemInstruction',
      'tools',
      'toolConfig',
      'generationConfig',
      'safetySettings',
      'cachedContent',
      'model',
    ],
    'contents[]': ['role', 'parts'],
    generationConfig: [
      'maxOutputTokens',
      'stopSequences',
      'candidateCount',
      'responseMimeType',
      'responseSchema',
      'responseJsonSchema',
      'responseModalities',
      'speechConfig',
      'imageConfig',
    ],
  },
  ownParameters: [],
  edits: [{ kind: 'tool_names', form: { maxLength: 64, extra: '_-.:', startsWithLetter: true } }],
}
