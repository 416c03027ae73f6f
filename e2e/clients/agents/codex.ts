import path from 'node:path'
import type { Client, Setup } from '../cell'

/** https://developers.openai.com/codex/config-reference */
const config = ({ origin, model }: Setup) => `
model = "${model}"
model_provider = "gateway"
check_for_update_on_startup = false

[model_providers.gateway]
name = "Gateway"
base_url = "${origin}/api/v1"
env_key = "GATEWAY_KEY"
wire_api = "responses"
request_max_retries = 0
stream_max_retries = 0

[analytics]
enabled = false

[history]
persistence = "none"
`

export const CODEX: Client = {
  name: '@openai/codex',
  speaks: 'responses',
  packages: { '@openai/codex': '0.171.0' },
  start: (setup) => ({
    command: path.join(setup.install, 'node_modules/.bin/codex'),
    args: ['exec', '--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox', setup.prompt],
    env: { CODEX_HOME: path.join(setup.home, '.codex'), GATEWAY_KEY: setup.key },
    files: { '.codex/config.toml': config(setup) },
  }),
}
