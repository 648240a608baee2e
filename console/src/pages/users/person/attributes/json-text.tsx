import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { readText, textOf } from './attributes.ts'
import type { AttributesFormProps } from './rows.tsx'

interface JsonTextProps extends AttributesFormProps {
  readonly fault: string | null
}

/** All attributes as one text. */
export function JsonText({ values, fault, isReadOnly, onChange }: JsonTextProps) {
  const [text, setText] = useState(() => textOf(values))
  return (
    <Textarea
      label="As JSON"
      value={text}
      error={fault}
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
