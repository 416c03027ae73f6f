import type { RankingSubject } from '@/lib/analytics/subjects'

/** How the page speaks about what is ranked. */
export const SUBJECTS = {
  model: { tab: 'Models', one: 'model', many: 'models', question: 'Which models use the most tokens?' },
  author: { tab: 'Authors', one: 'author', many: 'authors', question: 'Whose models use the most tokens?' },
  provider: {
    tab: 'Providers',
    one: 'provider',
    many: 'providers',
    question: 'Which providers serve the most tokens?',
  },
  app: { tab: 'Apps', one: 'app', many: 'apps', question: 'Which apps use the most tokens?' },
  operation: {
    tab: 'Operations',
    one: 'operation',
    many: 'operations',
    question: 'Which operations use the most tokens?',
  },
  useCase: {
    tab: 'Use cases',
    one: 'use case',
    many: 'use cases',
    question: 'What are the most tokens used for?',
  },
} as const satisfies Record<RankingSubject, { tab: string; one: string; many: string; question: string }>
