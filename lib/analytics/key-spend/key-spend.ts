/** What requests cost in integer micro-USD: ever, and since the start of this UTC day, week (Monday) and month. */
export type KeySpend = { total: number; day: number; week: number; month: number }
