import {
  isObject,
  type JsonObject,
  numberOf,
  objectOf,
  objectsOf,
  textOf,
  withoutUndefined,
} from '../../platform/json-value'

/**
 * `groundingMetadata` as OpenRouter's `url_citation` annotations: one for each source of each supported segment, or one
 * for each source when no segment is told. Google counts segments in bytes of the answer's text, annotations count
 * characters. Source: GroundingMetadata of the Gemini API reference.
 */
export function annotationsFromGrounding(groundingMetadata: unknown, text: string): JsonObject[] {
  if (!isObject(groundingMetadata)) return []
  const sources = objectsOf(groundingMetadata.groundingChunks).map((chunk) => {
    const source = [chunk.web, chunk.retrievedContext, chunk.maps].find(isObject) ?? {}
    return { url: textOf(source.uri), title: textOf(source.title) ?? '' }
  })
  const supports = objectsOf(groundingMetadata.groundingSupports)
  if (supports.length === 0) {
    return sources.flatMap(({ url, title }) => (url === null ? [] : [citation({ url, title })]))
  }
  const bytes = Buffer.from(text, 'utf8')
  const characters = (byte: number) => bytes.subarray(0, byte).toString('utf8').length
  return supports.flatMap((support) => {
    const segment = objectOf(support.segment)
    const end = numberOf(segment.endIndex)
    const indices = Array.isArray(support.groundingChunkIndices) ? support.groundingChunkIndices : []
    return indices.flatMap((index): JsonObject[] => {
      const source = typeof index === 'number' ? sources[index] : undefined
      if (source === undefined || source.url === null) return []
      const cited = {
        url: source.url,
        title: source.title,
        content: textOf(segment.text) ?? undefined,
        start_index: end === null ? undefined : characters(numberOf(segment.startIndex) ?? 0),
        end_index: end === null ? undefined : characters(end),
      }
      return [citation(cited)]
    })
  })
}

/** Annotations as `groundingMetadata`, for a text; undefined when none names a page. */
export function groundingFromAnnotations(
  annotations: readonly JsonObject[],
  text: string,
): JsonObject | undefined {
  const citations = annotations.flatMap((annotation) => {
    const cited = isObject(annotation.url_citation) ? annotation.url_citation : annotation
    return textOf(cited.url) === null ? [] : [cited]
  })
  if (citations.length === 0) return undefined
  const urls = [...new Set(citations.map(({ url }) => url))]
  const groundingChunks = urls.map((url) => ({
    web: withoutUndefined({ uri: url, title: citations.find((cited) => cited.url === url)?.title }),
  }))
  const groundingSupports = citations.flatMap(({ url, start_index: start, end_index: end, content }) => {
    if (typeof start !== 'number' || typeof end !== 'number') return []
    const segment = withoutUndefined({
      startIndex: Buffer.byteLength(text.slice(0, start)),
      endIndex: Buffer.byteLength(text.slice(0, end)),
      text: content,
    })
    return [{ segment, groundingChunkIndices: [urls.indexOf(url)] }]
  })
  return groundingSupports.length === 0 ? { groundingChunks } : { groundingChunks, groundingSupports }
}

function citation(fields: JsonObject): JsonObject {
  return { type: 'url_citation', url_citation: withoutUndefined(fields) }
}
