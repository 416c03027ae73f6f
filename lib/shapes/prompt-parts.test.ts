import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PROMPT_PARTS } from '../records/vocabulary'
import { estimatePromptParts, scalePromptParts } from './prompt-parts'

const none = {
  system: 0,
  toolDefinitions: 0,
  mcpToolDefinitions: 0,
  skills: 0,
  toolResults: 0,
  userText: 0,
  assistantHistory: 0,
}
const of = (length: number) => 'x'.repeat(length)

describe('estimatePromptParts', () => {
  test.each<[string, object, object]>([
    ['nothing', {}, {}],
    [
      'system and developer messages',
      {
        messages: [
          { role: 'system', content: of(40) },
          { role: 'developer', content: of(4) },
        ],
      },
      { system: 11 },
    ],
    ["Anthropic's system blocks", { system: [{ type: 'text', text: of(40) }] }, { system: 10 }],
    ["Anthropic's system text", { system: of(8) }, { system: 2 }],
    ['user text', { messages: [{ role: 'user', content: of(12) }] }, { userText: 3 }],
    [
      'user text in parts',
      { messages: [{ role: 'user', content: [{ type: 'text', text: of(12) }] }] },
      { userText: 3 },
    ],
    [
      'tool results',
      { messages: [{ role: 'tool', tool_call_id: 'c', content: of(16) }] },
      { toolResults: 4 },
    ],
    [
      "Anthropic's tool results beside text",
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'tool_result', tool_use_id: 't', content: of(16) },
              { type: 'tool_result', tool_use_id: 't', content: [{ type: 'text', text: of(4) }] },
              { type: 'text', text: of(8) },
            ],
          },
        ],
      },
      { toolResults: 5, userText: 2 },
    ],
    [
      'what the assistant said',
      { messages: [{ role: 'assistant', content: of(20) }] },
      { assistantHistory: 5 },
    ],
    [
      'an image by what it costs, not by its base64',
      {
        messages: [
          {
            role: 'user',
            content: [{ type: 'image_url', image_url: { url: `data:image/png;base64,${of(100_000)}` } }],
          },
        ],
      },
      { userText: 1000 },
    ],
    ['what is no message', { messages: 'x', tools: 'x', system: 7 }, {}],
  ])('%s', (_, request, expected) => {
    expect(estimatePromptParts({ ...request })).toEqual({ ...none, ...expected })
  })

  test("counts the assistant's calls as history", () => {
    const call = { id: 'c', type: 'function', function: { name: 'a', arguments: of(400) } }
    const parts = estimatePromptParts({
      messages: [{ role: 'assistant', content: null, tool_calls: [call] }],
    })
    expect(parts.assistantHistory).toBeGreaterThan(100)
    expect({ ...parts, assistantHistory: 0 }).toEqual(none)
  })

  test('weighs a tool definition about like its JSON, and tells MCP tools by name or type', () => {
    const tool = (name: string) => ({
      type: 'function',
      function: { name, description: of(400), parameters: { type: 'object' } },
    })
    const plain = estimatePromptParts({ tools: [tool('search')] })
    const written = JSON.stringify(tool('search')).length / 4
    expect(Math.abs(plain.toolDefinitions - written)).toBeLessThan(written * 0.1)
    const mcp = [
      tool('mcp__github__search'),
      tool('mcp_search'),
      { type: 'mcp', server_url: 'https://a', name: of(100) },
    ]
    expect(estimatePromptParts({ tools: mcp })).toMatchObject({ toolDefinitions: 0 })
    expect(estimatePromptParts({ tools: mcp }).mcpToolDefinitions).toBeGreaterThan(200)
    expect(
      estimatePromptParts({ tools: [{ name: 'a', input_schema: {} }, ...mcp] }).toolDefinitions,
    ).toBeGreaterThan(0)
  })

  const skills = (text: string) => estimatePromptParts({ system: text }).skills * 4

  test.each<[string, string, string]>([
    ['a list of skills', 'Before <available_skills>', `<available_skills>\n${of(50)}\n</available_skills>`],
    ['one skill', 'Before ', '<skill name="pdf">Reads PDFs.</skill>'],
    [
      'skills within a list count once',
      '',
      '<available_skills><skill>a</skill><skill>b</skill></available_skills>',
    ],
    ['front matter', 'Before\n', '---\nname: pdf\ndescription: Reads PDFs.\n---'],
    ['a paragraph with a SKILL.md', 'Before\n\n', 'Skills:\n- pdf: Reads PDFs. (file: /skills/pdf/SKILL.md)'],
  ])('finds %s', (_, before, skill) => {
    const plain = before.replace('<available_skills>', '')
    expect(skills(`${plain}${skill}\n\nAfter`)).toBe(skill.length)
    expect(estimatePromptParts({ system: `${plain}${skill}\n\nAfter` }).system * 4).toBe(plain.length + 7)
  })

  test.each([
    'A <skillful> person',
    '---\ntitle: x\n---',
    '<skill never closed',
    '---\nname: x',
    'Skills are fine.',
    '',
  ])('finds no skill in %j', (text) => {
    expect(skills(text)).toBe(0)
  })

  test('finds skills in user messages and in tool descriptions', () => {
    const skill = '<available_skills>pdf</available_skills>'
    expect(estimatePromptParts({ messages: [{ role: 'user', content: skill }] })).toEqual({
      ...none,
      skills: skill.length / 4,
    })
    const tool = { name: 'Skill', description: `Use one. ${skill}`, input_schema: {} }
    expect(estimatePromptParts({ tools: [tool] }).skills).toBe(skill.length / 4)
  })

  test.each<[string, () => object]>([
    ['in one text', () => ({ messages: [{ role: 'user', content: of(20_000_000) }] })],
    [
      'in many messages',
      () => ({ messages: Array.from({ length: 200_000 }, () => ({ role: 'assistant', content: of(100) })) }),
    ],
    ['of marks that are never closed', () => ({ system: '<skill '.repeat(3_000_000) })],
    ['of rules', () => ({ system: '\n---'.repeat(5_000_000) })],
    ['of SKILL.md', () => ({ system: 'SKILL.md\n\n'.repeat(2_000_000) })],
    ['of one value that nests', () => ({ tools: [{ name: 'a', input_schema: nested(1_000_000) }] })],
  ])('is linear, so that 20 MB %s have an end', { timeout: 60_000 }, (_, make) => {
    const sum = Object.values(estimatePromptParts({ ...make() })).reduce((total, part) => total + part, 0)
    expect(sum).toBeGreaterThan(0)
  })
})

function nested(depth: number): unknown {
  let value: unknown = 'x'
  for (let count = 0; count < depth; count += 1) value = [value]
  return value
}

describe('scalePromptParts', () => {
  test('keeps proportions', () => {
    expect(scalePromptParts({ ...none, system: 10, userText: 30 }, 100)).toEqual({
      ...none,
      system: 25,
      userText: 75,
    })
  })

  test('calls a prompt of which nothing is known user text', () => {
    expect(scalePromptParts(none, 7)).toEqual({ ...none, userText: 7 })
  })

  test('gives whole tokens, none negative, that sum exactly to the prompt', () => {
    const weight = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e8, noNaN: true }))
    const parts = fc.record(Object.fromEntries(PROMPT_PARTS.map((part) => [part, weight])))
    fc.assert(
      fc.property(parts, fc.nat(100_000_000), (weights, promptTokens) => {
        const scaled = Object.values(scalePromptParts({ ...none, ...weights }, promptTokens))
        expect(scaled.every((tokens) => Number.isInteger(tokens) && tokens >= 0)).toBe(true)
        expect(scaled.reduce((sum, tokens) => sum + tokens, 0)).toBe(promptTokens)
      }),
    )
  })
})
