import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { readText, textOf } from './attributes.ts'
import type { AttributesFormProps } from './rows.tsx'

/** All attributes as one text. */
export function JsonText({ values, isReadOnly, onChange }: AttributesFormProps) {
  const [text, setText] = useState(() => textOf(values))
  return (
    <Textarea
      label="As JSON"
      value={text}
      readOnly={isReadOnly}
      autosize
      minRows={8}
      maxRows={28}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value)
        const { values, fault } = readText(currentTarget.value)
        onChange(values, fault)
      }}
    />
  )
}
