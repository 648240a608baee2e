import { ActionIcon, Button, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Values } from '../../../../editing/merge.ts'
import { type Faults, type Kind, kinds, newRow, type Row, readRows, rowsOf } from './attributes.ts'

export interface AttributesFormProps {
  readonly values: Values
  readonly isReadOnly: boolean
  /** Is told what was typed, and what is wrong with it. */
  readonly onChange: (values: Values, fault: string | null) => void
}

/** Each attribute in a row of its own. */
export function Rows({ values, isReadOnly, onChange }: AttributesFormProps) {
  const [rows, setRows] = useState(() => rowsOf(values))
  const { faults } = readRows(rows)
  const put = (next: readonly Row[]) => {
    setRows([...next])
    const { values, faults } = readRows(next)
    onChange(values, faultIn(faults))
  }
  const change = (id: number, changed: Partial<Row>) =>
    put(rows.map((row) => (row.id === id ? { ...row, ...changed } : row)))
  return (
    <Stack gap="sm">
      {rows.length === 0 && (
        <Text size="sm" c="dimmed">
          There are none yet.
        </Text>
      )}
      {rows.map((row, at) => (
        <AttributeRow
          key={row.id}
          row={row}
          place={at + 1}
          isReadOnly={isReadOnly}
          faults={faults.ofRows.get(row.id) ?? {}}
          onChange={(changed) => change(row.id, changed)}
          onRemove={() => put(rows.filter(({ id }) => id !== row.id))}
        />
      ))}
      {!isReadOnly && (
        <Button
          variant="default"
          leftSection={<Plus size={16} aria-hidden />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => put([...rows, newRow()])}
        >
          Add an attribute
        </Button>
      )}
    </Stack>
  )
}

interface AttributeRowProps {
  readonly row: Row
  readonly place: number
  readonly isReadOnly: boolean
  readonly faults: { readonly key?: string; readonly value?: string }
  readonly onChange: (changed: Partial<Row>) => void
  readonly onRemove: () => void
}

function AttributeRow({ row, place, isReadOnly, faults, onChange, onRemove }: AttributeRowProps) {
  const { key, kind } = row
  const called = key || `attribute ${place}`
  return (
    <div className="user-attribute">
      <TextInput
        aria-label={`Name of attribute ${place}`}
        placeholder="Name"
        value={key}
        readOnly={isReadOnly}
        error={faults.key}
        spellCheck={false}
        onChange={({ currentTarget }) => onChange({ key: currentTarget.value })}
      />
      <NativeSelect
        aria-label={`Kind of ${called}`}
        data={[...kinds]}
        value={kind}
        disabled={isReadOnly}
        onChange={({ currentTarget }) => onChange(asKind(row, currentTarget.value as Kind))}
      />
      <ValueInput
        row={row}
        label={`Value of ${called}`}
        isReadOnly={isReadOnly}
        fault={faults.value}
        onChange={onChange}
      />
      {!isReadOnly && (
        <ActionIcon variant="default" size={36} aria-label={`Remove ${called}`} onClick={onRemove}>
          <Trash2 size={16} aria-hidden />
        </ActionIcon>
      )}
    </div>
  )
}

interface ValueInputProps {
  readonly row: Row
  readonly label: string
  readonly isReadOnly: boolean
  readonly fault: string | undefined
  readonly onChange: (changed: Partial<Row>) => void
}

function ValueInput({ row: { kind, text }, label, isReadOnly, fault, onChange }: ValueInputProps) {
  const common = {
    'aria-label': label,
    value: text,
    error: fault,
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => onChange({ text: currentTarget.value }),
  }
  if (kind === 'yes or no') {
    const data = [
      { value: 'true', label: 'yes' },
      { value: 'false', label: 'no' },
    ]
    return <NativeSelect {...common} data={data} disabled={isReadOnly} />
  }
  if (kind === 'number') return <TextInput {...common} inputMode="decimal" readOnly={isReadOnly} />
  return (
    <Textarea
      {...common}
      autosize
      minRows={1}
      maxRows={12}
      readOnly={isReadOnly}
      spellCheck={kind === 'text'}
      {...(kind === 'JSON' ? { ff: 'monospace' } : {})}
    />
  )
}

/** What is typed stays, as far as it makes sense as the other kind. */
function asKind({ text, kind }: Row, wanted: Kind): Partial<Row> {
  if (wanted === 'yes or no') return { kind: wanted, text: text === 'true' ? 'true' : 'false' }
  if (wanted === 'JSON' && kind === 'text') return { kind: wanted, text: JSON.stringify(text) }
  return { kind: wanted, text }
}

function faultIn({ ofRows, ofAll }: Faults): string | null {
  if (ofAll !== null) return ofAll
  if (ofRows.size === 0) return null
  return ofRows.size === 1
    ? 'One attribute cannot be kept as it is.'
    : `${ofRows.size} attributes cannot be kept as they are.`
}
