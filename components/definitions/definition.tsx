import { Info } from '@/components/ui/info'
import { DEFINITIONS, type DefinitionName } from './definitions'

/** The definition beside the number it defines. */
export function Definition({ of }: { of: DefinitionName }) {
  const { name, text } = DEFINITIONS[of]
  return <Info about={name}>{text}</Info>
}
