import {
  type Json,
  listOf,
  pick,
  readAnyValue,
  readAttributes,
  readExport,
  readId,
  stringOf,
} from './decode-json'
import {
  attributesAt,
  readHex,
  readMessage,
  readExport as readProtobufExport,
  readAnyValue as readProtobufValue,
  readString,
  type Source,
} from './decode-protobuf'
import {
  type AttributeValue,
  ELEMENTS_PER_CONTAINER,
  type OtlpEncoding,
  type OtlpLogRecord,
  spendElements,
} from './schema'

const BYTES = 2

/**
 * The log records of an `ExportLogsServiceRequest`, as leniently as spans; throws as the decoders of traces do. Source of
 * fields and numbers: logs.proto of open-telemetry/opentelemetry-proto, release 1.11.
 */
export function decodeOtlpLogs(body: Uint8Array, encoding: OtlpEncoding): OtlpLogRecord[] {
  if (encoding === 'json') {
    return readExport(body, 'resourceLogs', 'resource_logs')
      .flatMap((resourceLogs) => listOf(resourceLogs, 'scopeLogs', 'scope_logs'))
      .flatMap((scopeLogs) => listOf(scopeLogs, 'logRecords', 'log_records').map(readLogRecord))
  }
  const records: OtlpLogRecord[] = []
  readProtobufExport(body, (source) => readNested(source, 2, () => readNested(source, 2, readRecord)))
  return records

  function readRecord(source: Source): void {
    records.push(readProtobufRecord(source))
  }
}

function readLogRecord(record: Json): OtlpLogRecord {
  return {
    traceId: readId(pick(record, 'traceId', 'trace_id')),
    spanId: readId(pick(record, 'spanId', 'span_id')),
    name: stringOf(pick(record, 'eventName', 'event_name')),
    attributes: readAttributes(record),
    body: readAnyValue(record.body, 0),
  }
}

/** Reads each message under one field of a message. */
function readNested(source: Source, number: number, read: (source: Source) => void): void {
  readMessage(source, (field, wireType) => {
    if (field !== number || wireType !== BYTES) return false
    read(source)
    return true
  })
}

function readProtobufRecord(source: Source): OtlpLogRecord {
  spendElements(source.budget, ELEMENTS_PER_CONTAINER)
  const attributes = new Map<string, AttributeValue>()
  const readAttribute = attributesAt(source, 6, attributes)
  const record: OtlpLogRecord = { traceId: '', spanId: '', name: '', attributes, body: null }
  readMessage(source, (field, wireType) => {
    if (wireType !== BYTES) return false
    if (field === 5) record.body = readProtobufValue(source, 0)
    else if (field === 9) record.traceId = readHex(source.reader)
    else if (field === 10) record.spanId = readHex(source.reader)
    else if (field === 12) record.name = readString(source.reader)
    else return readAttribute(field, wireType)
    return true
  })
  return record
}
