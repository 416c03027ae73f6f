import type { KeySpend } from '../analytics/key-spend/key-spend'
import type { JsonObject } from '../platform/json-value'
import { microUsdToUsd } from '../records/cost'

/**
 * `GET /api/v1/key` in OpenRouter's form, with the fields that its clients read: US dollars spent, no credit limit, and
 * the rate limit. Providers are paid by the operator, so all spend is "bring your own key".
 */
export function presentKey(
  { name, requestsPerMinute }: { name: string; requestsPerMinute: number | null },
  { total, day, week, month }: KeySpend,
): { data: JsonObject } {
  const [usage, daily, weekly, monthly] = [total, day, week, month].map(microUsdToUsd)
  return {
    data: {
      label: name,
      limit: null,
      limit_remaining: null,
      limit_reset: null,
      usage,
      usage_daily: daily,
      usage_weekly: weekly,
      usage_monthly: monthly,
      byok_usage: usage,
      byok_usage_daily: daily,
      byok_usage_weekly: weekly,
      byok_usage_monthly: monthly,
      include_byok_in_limit: false,
      is_free_tier: false,
      is_management_key: false,
      is_provisioning_key: false,
      expires_at: null,
      rate_limit: { requests: requestsPerMinute ?? -1, interval: '1m' },
    },
  }
}

/** `GET /api/v1/credits` in OpenRouter's form. Nothing is prepaid here, so credits are what was used. */
export function presentCredits({ total }: Pick<KeySpend, 'total'>): { data: JsonObject } {
  const usage = microUsdToUsd(total)
  return { data: { total_credits: usage, total_usage: usage } }
}
