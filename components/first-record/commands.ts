/** One complete record in JSON; every field but `startedAt` and `model` may be left out. */
const FIRST_RECORD = `{"id": "req-1", "source": "my-gateway", "startedAt": "$(date -u +%Y-%m-%dT%H:%M:%SZ)",
 "model": "acme/atlas-120b", "provider": "helios", "app": "shop-bot", "callerKind": "agentic",
 "promptTokens": 1200, "cachedTokens": 800, "completionTokens": 60, "costUsd": 0.0021,
 "toolsOffered": 3, "toolCalls": [{"name": "get_weather", "verdict": "valid"}],
 "finishReason": "tool_calls", "httpStatus": 200, "durationMs": 900, "timeToFirstTokenMs": 210}`

/** Ready to paste into a shell; the time is filled in there, so that the record lands in the window on screen. */
export function ingestCommand(origin: string): string {
  return [
    `curl ${origin}/api/v1/ingest \\`,
    '  -H "Authorization: Bearer $SIGHTGLASS_API_KEY" \\',
    '  -H "Content-Type: application/json" \\',
    '  -d @- <<EOF',
    FIRST_RECORD,
    'EOF',
  ].join('\n')
}

export function importCommand(origin: string): string {
  return [
    `SIGHTGLASS_URL=${origin} npm run import -- requests.csv \\`,
    '  --map startedAt=TIMESTAMP --map promptTokens=ContextTokens \\',
    '  --map completionTokens=GeneratedTokens --set model=acme/atlas-120b',
  ].join('\n')
}
