import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMe } from '../session/session.tsx'
import { Refused } from '../ui/states.tsx'
import { changeBySomebodyQuery } from './last-change.ts'
import type { Clash, Values } from './merge.ts'
import type { Clashing } from './use-editing.ts'

interface ClashDialogProps {
  readonly userId: string | null
  readonly clash: Clashing | null
  readonly labelOf: (field: string) => string
  readonly error: unknown
  readonly isSaving: boolean
  readonly onSettle: (values: Values) => void
  readonly onClose: () => void
}

/** Shows what somebody else saved first beside what was typed, field by field, and saves what is chosen. */
export function ClashDialog({ clash, onClose, ...rest }: ClashDialogProps) {
  return (
    <Modal opened={clash !== null} onClose={onClose} title="Somebody else saved first" size="lg" centered>
      {clash !== null && <Choices key={clash.version.etag} clash={clash} onClose={onClose} {...rest} />}
    </Modal>
  )
}

type Side = 'theirs' | 'yours'

function Choices({
  userId,
  clash,
  labelOf,
  error,
  isSaving,
  onSettle,
  onClose,
}: Omit<ClashDialogProps, 'clash'> & { readonly clash: Clashing }) {
  const [chosen, setChosen] = useState<Readonly<Record<string, Side>>>({})
  const me = useMe()
  const { data: who } = useQuery(changeBySomebodyQuery(userId, me.id, { since: clash.since, etag: clash.version.etag }))
  const isComplete = clash.clashes.every(({ field }) => chosen[field] !== undefined)
  return (
    <Stack>
      <Text>
        {who ?? 'Somebody'} changed this while you were typing. Choose what stays of each field that you both changed;
        nothing is lost until you save.
      </Text>
      {clash.clashes.map((one) => (
        <Choice
          key={one.field}
          clash={one}
          label={labelOf(one.field)}
          chosen={chosen[one.field] ?? null}
          onChoose={(side) => setChosen((all) => ({ ...all, [one.field]: side }))}
        />
      ))}
      {clash.fromThem.length > 0 && (
        <Text size="sm" c="dimmed">
          Only they changed {clash.fromThem.map(labelOf).join(', ')}: that stays as they saved it.
        </Text>
      )}
      <Refused error={error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Back to the form
        </Button>
        <Button disabled={!isComplete} loading={isSaving} onClick={() => onSettle(settled(clash, chosen))}>
          Save
        </Button>
      </Group>
    </Stack>
  )
}

interface ChoiceProps {
  readonly clash: Clash
  readonly label: string
  readonly chosen: Side | null
  readonly onChoose: (side: Side) => void
}

function Choice({ clash: { before, theirs, yours }, label, chosen, onChoose }: ChoiceProps) {
  return (
    <Radio.Group
      label={label}
      description={`Before: ${shown(before)}`}
      value={chosen}
      onChange={(side) => onChoose(side === 'theirs' ? 'theirs' : 'yours')}
    >
      <div className="editing-sides">
        <Side side="theirs" says="Theirs" value={theirs} />
        <Side side="yours" says="Yours" value={yours} />
      </div>
    </Radio.Group>
  )
}

function Side({
  side,
  says,
  value,
}: {
  readonly side: Side
  readonly says: string
  readonly value: string | undefined
}) {
  return (
    <Radio.Card value={side} p="sm" radius="md">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Radio.Indicator />
        <div style={{ minWidth: 0 }}>
          <Text size="xs" c="dimmed">
            {says}
          </Text>
          <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
            {shown(value)}
          </Text>
        </div>
      </Group>
    </Radio.Card>
  )
}

function shown(value: string | undefined): string {
  return value ?? 'empty'
}

function settled({ values, clashes }: Clashing, chosen: Readonly<Record<string, Side>>): Values {
  const settled: Record<string, string> = { ...values }
  for (const { field, theirs, yours } of clashes) {
    const value = chosen[field] === 'theirs' ? theirs : yours
    if (value === undefined) delete settled[field]
    else settled[field] = value
  }
  return settled
}
