import { z } from 'zod'
import { listOfObjects } from '../list-of-objects'

const number = z.number('expected a number').nullish()
const object = z.looseObject({}, 'expected an object').nullish()

/**
 * What the gateway itself reads of a request in Gemini's shape, in the names of `withFieldNames`; everything else is
 * kept and passed on, and contents are not looked into. `model` and `stream` come from the path. Source:
 * models.generateContent of the Gemini API reference.
 */
export const geminiRequest = z.looseObject({
  contents: listOfObjects('contents, each with a role and parts').refine(
    (contents) => contents.length > 0,
    'expected at least one content',
  ),
  stream: z.boolean('expected true or false').nullish(),
  systemInstruction: z
    .union([z.string(), z.looseObject({})], 'expected a content with parts of text')
    .nullish(),
  tools: listOfObjects('tools, such as {"functionDeclarations": […]}').nullish(),
  toolConfig: z
    .looseObject({ functionCallingConfig: object }, 'expected an object with functionCallingConfig')
    .nullish(),
  generationConfig: z
    .looseObject(
      {
        maxOutputTokens: number,
        temperature: number,
        topP: number,
        topK: number,
        candidateCount: number,
        stopSequences: z.array(z.string(), 'expected a list of texts').nullish(),
        thinkingConfig: object,
      },
      'expected an object',
    )
    .nullish(),
  cachedContent: z.string('expected the name of a cached content').nullish(),
})
