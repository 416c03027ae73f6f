import { describe, expect, test } from 'vitest'
import { estimatePrompt } from './estimate-prompt'
import { pictureSize } from './picture-size'

/** A PNG's signature and header, as long as asked for. */
function png(width: number, height: number, length = 400): string {
  const bytes = Buffer.alloc(length)
  bytes.write('89504e470d0a1a0a0000000d49484452', 'hex')
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes.toString('base64')
}

function gif(width: number, height: number): string {
  const bytes = Buffer.from('GIF89a\0\0\0\0\0\0', 'latin1')
  bytes.writeUInt16LE(width, 6)
  bytes.writeUInt16LE(height, 8)
  return bytes.toString('base64')
}

/** With a preview of 60,000 bytes before the frame header, as cameras write it. */
function jpeg(width: number, height: number): string {
  const preview = Buffer.alloc(60_002)
  preview.writeUInt16BE(0xffe1, 0)
  preview.writeUInt16BE(60_000, 2)
  const frame = Buffer.from('ffc200110800000000030122000211010311010000', 'hex')
  frame.writeUInt16BE(height, 5)
  frame.writeUInt16BE(width, 7)
  return Buffer.concat([Buffer.from('ffd8', 'hex'), preview, frame]).toString('base64')
}

function webp(kind: string, write: (bytes: Buffer) => void): string {
  const bytes = Buffer.from(`RIFF\0\0\0\0WEBP${kind}${'\0'.repeat(20)}`, 'latin1')
  write(bytes)
  return bytes.toString('base64')
}

describe('a picture tells its size', () => {
  test.each<[string, string, [number, number] | null]>([
    ['PNG', png(1024, 768), [1024, 768]],
    ['GIF', gif(320, 200), [320, 200]],
    ['JPEG', jpeg(4000, 3000), [4000, 3000]],
    [
      'WebP, lossy',
      webp('VP8 ', (bytes) => {
        bytes.writeUInt16LE(640, 26)
        bytes.writeUInt16LE(480, 28)
      }),
      [640, 480],
    ],
    ['WebP, lossless', webp('VP8L', (bytes) => bytes.writeUInt32LE(639 | (479 << 14), 21)), [640, 480]],
    [
      'WebP, extended',
      webp('VP8X', (bytes) => {
        bytes.writeUIntLE(639, 24, 3)
        bytes.writeUIntLE(479, 27, 3)
      }),
      [640, 480],
    ],
    ['no picture', 'A'.repeat(2000), null],
    ['a JPEG that breaks off', jpeg(4000, 3000).slice(0, 40_000), null],
    ['of no size', png(0, 0), null],
    ['nothing', '', null],
  ])('%s', (_, base64, size) => {
    expect(pictureSize(base64)).toEqual(size && { width: size[0], height: size[1] })
  })
})

const MEGAPIXEL = png(1000, 1000, 700_000)
const PDF = Buffer.from(
  `%PDF-1.4\n<</Type /Pages>>\n${'<</Type /Page>>\n<</Type/Page >>\n'.repeat(3)}`,
).toString('base64')

describe('pictures, documents and sound count by what they are, in every shape', () => {
  const picture = Math.ceil(1_000_000 / 750)
  test.each<[string, unknown, number]>([
    ['chat', { type: 'image_url', image_url: { url: `data:image/png;base64,${MEGAPIXEL}` } }, picture],
    [
      'messages',
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: MEGAPIXEL } },
      picture,
    ],
    ['Responses', { type: 'input_image', image_url: `data:image/png;base64,${MEGAPIXEL}` }, picture],
    ['Gemini', { inlineData: { mimeType: 'image/png', data: MEGAPIXEL } }, picture],
    ['Gemini in snake case', { inline_data: { mime_type: 'image/png', data: MEGAPIXEL } }, picture],
    [
      'a picture of unknown size',
      { image_url: { url: `data:image/png;base64,${'A'.repeat(700_000)}` } },
      1600,
    ],
    [
      'a picture that lies elsewhere',
      { image_url: { url: 'https://example.com/a.png', detail: 'low' } },
      1600,
    ],
    ['a PDF by its pages', { source: { type: 'base64', media_type: 'application/pdf', data: PDF } }, 9000],
    ['a PDF in chat', { file: { file_data: `data:application/pdf;base64,${PDF}` } }, 9000],
    [
      'a PDF whose pages are not to be seen',
      { file_data: Buffer.from('%PDF-1.7 …').toString('base64') },
      3000,
    ],
    ['a minute of MP3', { input_audio: { format: 'mp3', data: 'A'.repeat((960_000 * 4) / 3) } }, 1920],
  ])('%s', (_, part, tokens) => {
    const { lowest, likely } = estimatePrompt(part)
    expect(likely).toBeGreaterThanOrEqual(tokens)
    expect(likely).toBeLessThan(tokens + 40)
    expect(lowest).toBeLessThan(likely)
  })

  test('a WAV tells its rate', () => {
    const wav = Buffer.alloc(96_044)
    wav.write('RIFF\0\0\0\0WAVEfmt ', 'latin1')
    wav.writeUInt32LE(48_000, 28)
    const { likely } = estimatePrompt({ input_audio: { format: 'wav', data: wav.toString('base64') } })
    expect(likely).toBeGreaterThanOrEqual(64)
    expect(likely).toBeLessThan(80)
  })
})

describe('text counts by its length', () => {
  test.each<[string, unknown, number, number]>([
    ['English', 'word '.repeat(2400), 2000, 3000],
    ['Chinese takes more', '你好'.repeat(3000), 1000, 4500],
    ['a text document is text', { media_type: 'text/plain', data: 'word '.repeat(2400) }, 2000, 3000],
    ['a data URL that is not base64', 'data:text/plain,hello world'.repeat(300), 1350, 2025],
    ['a text that only mentions one', `see data:image/png;base64,${'A'.repeat(12_000)}`, 2000, 3000],
    ['nothing', {}, 0, 0],
    ['no body at all', null, 0, 0],
  ])('%s', (_, body, lowest, likely) => {
    const estimate = estimatePrompt(body)
    expect(estimate.lowest).toBeGreaterThanOrEqual(lowest)
    expect(estimate.lowest).toBeLessThan(lowest + 40)
    expect(estimate.likely).toBeGreaterThanOrEqual(likely)
    expect(estimate.likely).toBeLessThan(likely + 40)
  })

  test('what a provider has sealed leaves nobody out', () => {
    expect(estimatePrompt({ thinking: 'so', signature: 'x'.repeat(60_000) }).lowest).toBeLessThan(20)
  })

  test('a body that nests as deep as it can is walked', () => {
    let body: unknown = 'deep'
    for (let depth = 0; depth < 200_000; depth++) body = [body]
    expect(estimatePrompt(body)).toEqual({ lowest: 0, likely: 1 })
  })
})
