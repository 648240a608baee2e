import { Code } from '@mantine/core'

/** A description whose code stands between backticks. */
export function Described({ text }: { readonly text: string }) {
  const sentence = `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}.`
  let at = 0
  return sentence.split('`').map((part, place) => {
    const key = at
    at += part.length + 1
    return place % 2 === 1 ? <Code key={key}>{part}</Code> : part
  })
}
