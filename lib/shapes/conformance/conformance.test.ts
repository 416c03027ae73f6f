import { objectsOf } from '../../platform/json-value'
import { type ConformingShape, describeConformance } from './conformance.fixture'
import { callOf } from './hub-values.fixture'
import { madeUpShape } from './made-up-shape.fixture'
import { REAL_SHAPES } from './real-shapes.fixture'

/** A shape is its folder: one that the product has never heard of keeps every promise, with each of the others too. */
const capitals: ConformingShape = {
  name: 'capitals',
  shape: madeUpShape,
  cannotSay: {},
  thoughts: [
    { type: 'reasoning', kind: 'text', text: 'HM.', signature: null, id: null, format: 'unsigned' },
    callOf('call_1', 'tide_at', '{"port":"Tarn"}'),
  ],
  nextTurn({ HAPPENED }) {
    const parts = objectsOf(HAPPENED).flatMap((event) => {
      if (event.TYPE === 'reasoning') return [event.PIECE]
      return event.TYPE === 'tool_call' ? [{ ...event, ARGUMENTS: event.ARGUMENTS_PIECE }] : []
    })
    return { MESSAGES: [{ ROLE: 'assistant', PARTS: parts }] }
  },
}

describeConformance([...REAL_SHAPES, capitals])
