import { pino } from 'pino'

/** The process log: JSON lines on stderr, so that stdout stays for what a person or a script reads. */
export const log = pino({ base: { service: 'sightglass' }, level: 'info' }, pino.destination(2))
