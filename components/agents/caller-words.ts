import type { CallerSubject } from '@/lib/analytics/agents/callers/subjects'

/** How the page speaks about what callers are told apart by. */
export const CALLER_WORDS = {
  app: {
    tab: 'Apps',
    one: 'app',
    many: 'apps',
    question: 'Which apps are agents?',
    none: 'No requests were logged in this window',
    noneHint: 'Apps appear with their first request.',
  },
  key: {
    tab: 'API keys',
    one: 'API key',
    many: 'API keys',
    question: 'Which API keys are agents’?',
    none: 'No requests came by an API key in this window',
    noneHint: 'Keys appear with the first request they send or bring.',
  },
} as const satisfies Record<
  CallerSubject,
  { tab: string; one: string; many: string; question: string; none: string; noneHint: string }
>
