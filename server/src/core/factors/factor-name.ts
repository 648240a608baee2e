import { limits } from '../limits.ts'
import { type Parsed, parseText } from '../users/text.ts'

/** What a person calls a factor, to tell it from their others. */
export function parseFactorName(sent: string): Parsed<string> {
  const text = parseText(sent, limits.nameLengthMax)
  return 'value' in text && text.value === '' ? { flaw: { flaw: 'blank' } } : text
}
