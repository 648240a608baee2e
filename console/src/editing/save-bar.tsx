import { Button, Group, Paper, Stack, Text } from '@mantine/core'
import { faultsByField } from '../client/words.ts'
import { Refused } from '../ui/states.tsx'
import type { Editing } from './use-editing.ts'

interface SaveBarProps {
  readonly editing: Editing
  /** The fields that say by themselves what is wrong with them. */
  readonly labels: Readonly<Record<string, string>>
}

/** Saves the form that it stands in, or takes back what was typed; it stays in view while there is something to save. */
export function SaveBar({ editing, labels }: SaveBarProps) {
  const { isDirty, isSaving, error, clash, fault, mayDiscard, discard } = editing
  const fields = Object.keys(faultsByField(error))
  const isSaidThere = fields.length > 0 && fields.every((field) => field in labels)
  return (
    <Stack gap="sm" className={isDirty ? 'editing-save' : undefined}>
      {!isSaidThere && clash === null && <Refused error={error} />}
      <Paper withBorder p="sm" shadow={isDirty ? 'md' : 'none'}>
        <Group justify="space-between" gap="sm">
          <Text size="sm" c="dimmed" role="status">
            {stateOf(editing)}
          </Text>
          <Group gap="xs">
            {isDirty && (
              <Button variant="default" onClick={discard} disabled={!mayDiscard}>
                Discard
              </Button>
            )}
            <Button type="submit" loading={isSaving} disabled={!isDirty || fault !== null}>
              Save
            </Button>
          </Group>
        </Group>
      </Paper>
    </Stack>
  )
}

function stateOf({ isDirty, isSaving, fault }: Editing): string {
  if (fault !== null) return 'Mend what is wrong, then save.'
  if (isSaving) return 'Your changes are being saved.'
  return isDirty ? 'There are changes that are not saved.' : 'Everything is saved.'
}
