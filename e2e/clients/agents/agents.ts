import type { Client } from '../cell'
import { CLINE } from './cline'
import { CODEX } from './codex'
import { CONTINUE_CLI } from './continue-cli'
import { OPENCODE } from './opencode'
import { PI } from './pi'
import { QWEN_CODE } from './qwen-code'

/** The agent programs: each reads the note with a tool of its own. */
export const AGENTS: readonly Client[] = [CODEX, ...OPENCODE, ...QWEN_CODE, ...PI, ...CONTINUE_CLI, ...CLINE]
