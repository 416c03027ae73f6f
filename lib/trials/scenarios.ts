import { createRandom, drawFor, mixSeed, pick, type Random } from '../platform/random'
import { BOOK_COURIER, QUERY_WAREHOUSE, TRACK_SHIPMENT, TRANSFER_STOCK } from './tools/logistics'
import { BOOK_ROOM, CREATE_INVOICE, ISSUE_REFUND, LOOK_UP_ORDER, SEARCH_DOCUMENTS } from './tools/office'
import { FILE_INCIDENT, PAGE_ON_CALL, QUERY_METRICS, SCHEDULE_MAINTENANCE } from './tools/operations'
import type { TrialTool } from './tools/trial-tool'

/** One request of a trial: what the user asks, and the tools it may be answered with. */
export type Scenario = {
  name: string
  prompt: string
  tools: readonly TrialTool[]
  /** `auto` leaves the model free not to call; only those can lower the tool-use rate. */
  toolChoice: 'auto' | 'required'
}

type Template = Omit<Scenario, 'prompt'> & { prompt: (random: Random) => string }

const PEOPLE = ['Ida Sommer', 'Jonas Weber', 'Chiara Conti', 'Piotr Nowak', 'Femke de Vries', 'Luc Moreau']
const CITIES = ['Leipzig', 'Lyon', 'Gdansk', 'Graz', 'Utrecht', 'Turin']
const SERVICES = ['checkout', 'search', 'billing', 'identity', 'notifications']
const WAREHOUSES = ['rotterdam', 'leipzig', 'lyon', 'gdansk']

const TEMPLATES: readonly Template[] = [
  {
    name: 'book a courier',
    prompt: (random) =>
      `Have a courier collect ${digits(random, 1, 8)} parcels of ${digits(random, 2, 40)} kg from ${pick(random, CITIES)}, Hafenstr. ${digits(random, 1, 90)}, postcode ${digits(random, 10_000, 99_999)}, tomorrow between 9 and 11, and bring them to ${pick(random, CITIES)}, Ringweg ${digits(random, 1, 90)}, postcode ${digits(random, 10_000, 99_999)}, overnight.`,
    tools: [BOOK_COURIER, TRACK_SHIPMENT, QUERY_WAREHOUSE],
    toolChoice: 'auto',
  },
  {
    name: 'find a late shipment',
    prompt: (random) =>
      `Shipment NL${digits(random, 100_000_000, 999_999_999)} should have reached ${pick(random, CITIES)} yesterday. Where is it, and where has it been?`,
    tools: [TRACK_SHIPMENT, LOOK_UP_ORDER, BOOK_COURIER],
    toolChoice: 'required',
  },
  {
    name: 'query a warehouse',
    prompt: (random) =>
      `Which bearings in ${pick(random, WAREHOUSES)} and ${pick(random, WAREHOUSES)} are below ${digits(random, 20, 900)} units? The fewest first, at most ${digits(random, 5, 100)}.`,
    tools: [QUERY_WAREHOUSE, TRANSFER_STOCK, SEARCH_DOCUMENTS],
    toolChoice: 'auto',
  },
  {
    name: 'move stock',
    prompt: (random) =>
      `Move ${digits(random, 10, 900)} units of KLP-${digits(random, 1000, 9999)} and ${digits(random, 10, 900)} of SNR-${digits(random, 1000, 9999)} from ${pick(random, WAREHOUSES)} to ${pick(random, WAREHOUSES)}; it is urgent.`,
    tools: [TRANSFER_STOCK, QUERY_WAREHOUSE],
    toolChoice: 'required',
  },
  {
    name: 'file an incident',
    prompt: (random) =>
      `Since ${digits(random, 10, 23)}:${digits(random, 10, 59)} UTC ${pick(random, SERVICES)} answers with errors for about ${digits(random, 200, 90_000)} customers in the EU, and orders are being lost. Open an incident of the highest severity.`,
    tools: [FILE_INCIDENT, PAGE_ON_CALL, QUERY_METRICS],
    toolChoice: 'auto',
  },
  {
    name: 'wake the person on call',
    prompt: (random) =>
      `The queue of ${pick(random, SERVICES)} has ${digits(random, 10_000, 900_000)} messages waiting. Wake whoever is on call.`,
    tools: [PAGE_ON_CALL, QUERY_METRICS, FILE_INCIDENT],
    toolChoice: 'required',
  },
  {
    name: 'schedule maintenance',
    prompt: (random) =>
      `Plan maintenance of db-${digits(random, 10, 40)} and db-${digits(random, 41, 80)} for Sunday at 02:00 UTC, ${5 * digits(random, 4, 40)} minutes: drain, patch, restart and verify, each with approval. If it goes wrong, restore by hand.`,
    tools: [SCHEDULE_MAINTENANCE, QUERY_METRICS, FILE_INCIDENT],
    toolChoice: 'auto',
  },
  {
    name: 'read a metric',
    prompt: (random) =>
      `Show the p99 latency of ${pick(random, SERVICES)} over the last ${digits(random, 2, 24)} hours, minute by minute, by region and version.`,
    tools: [QUERY_METRICS, SEARCH_DOCUMENTS],
    toolChoice: 'auto',
  },
  {
    name: 'draft an invoice',
    prompt: (random) =>
      `Draft an invoice for customer C${digits(random, 10_000, 99_999)}, billing@kontor${digits(random, 1, 99)}.example: ${digits(random, 2, 40)} hours of consulting at ${digits(random, 80, 220)} EUR and ${digits(random, 1, 9)} licences at 49 EUR, 19 % tax, due in 30 days.`,
    tools: [CREATE_INVOICE, LOOK_UP_ORDER, ISSUE_REFUND, SEARCH_DOCUMENTS],
    toolChoice: 'auto',
  },
  {
    name: 'refund an order',
    prompt: (random) =>
      `Order SO-${digits(random, 100_000, 999_999)} arrived damaged. Pay ${pick(random, PEOPLE)} back ${digits(random, 5, 400)} EUR of it and let them know.`,
    tools: [ISSUE_REFUND, LOOK_UP_ORDER, CREATE_INVOICE],
    toolChoice: 'required',
  },
  {
    name: 'book a room',
    prompt: (random) =>
      `Book a room with a screen for ${pick(random, PEOPLE)}, ${pick(random, PEOPLE)} and ${digits(random, 2, 20)} guests next Tuesday at 14:00 UTC, ${15 * digits(random, 2, 12)} minutes, every week until the end of the year: roadmap review.`,
    tools: [BOOK_ROOM, SEARCH_DOCUMENTS],
    toolChoice: 'auto',
  },
  {
    name: 'search the contracts',
    prompt: (random) =>
      `What do our contracts and policies say about notice periods in ${pick(random, CITIES)}? The ${digits(random, 3, 20)} best places, please, department "legal".`,
    tools: [SEARCH_DOCUMENTS, BOOK_ROOM, LOOK_UP_ORDER],
    toolChoice: 'auto',
  },
]

/** How many different requests there are. */
export const SCENARIO_COUNT = TEMPLATES.length

/**
 * The request a trial with this seed sends as its call number `index`. Each run of `SCENARIO_COUNT` calls holds every
 * scenario once, in an order and with names and numbers of its own.
 */
export function scenarioFor({ seed, index }: { seed: number; index: number }): Scenario {
  const round = Math.floor(index / SCENARIO_COUNT)
  const order = TEMPLATES.map((template, place) => ({ template, draw: drawFor(seed, round, place) })).sort(
    (a, b) => a.draw - b.draw,
  )
  const chosen = order[index % SCENARIO_COUNT]
  if (!chosen) throw new RangeError(`There is no call ${index}.`)
  const { template } = chosen
  return { ...template, prompt: template.prompt(createRandom(mixSeed(seed, index, 1))) }
}

function digits(random: Random, from: number, to: number): number {
  return from + Math.floor(random() * (to - from + 1))
}
