import { Button, Group, Paper, Stack, Text } from '@mantine/core'
import { faultsByField } from '../client/words.ts'
import { Refused } from '../ui/states.tsx'
import type { useEditing } from './use-editing.ts'

interface SaveBarProps {
  readonly editing: Pick<
    ReturnType<typeof useEditing>,
    'isDirty' | 'isSaving' | 'error' | 'clash' | 'fault' | 'discard'
  >
  /** The fields that say by themselves what is wrong with them. */
  readonly labels: Readonly<Record<string, string>>
}

/** Saves the form that it stands in, or takes back what was typed; it stays in view while there is something to save. */
export function SaveBar({ editing, labels }: SaveBarProps) {
  const { isDirty, isSaving, error, clash, fault, discard } = editing
  const fields = Object.keys(faultsByField(error))
  const isSaidThere = fields.length > 0 && fields.every((field) => field in labels)
  return (
    <Stack gap="sm" className={isDirty ? 'editing-save' : undefined}>
      {!isSaidThere && clash === null && <Refused error={error} />}
      <Paper withBorder p="sm" shadow={isDirty ? 'md' : 'none'}>
        <Group justify="space-between" gap="sm">
          <Text size="sm" c="dimmed" role="status">
            {fault !== null
              ? 'Mend what is wrong, then save.'
              : isDirty
                ? 'There are changes that are not saved.'
                : 'Everything is saved.'}
          </Text>
          <Group gap="xs">
            {isDirty && (
              <Button variant="default" onClick={discard} disabled={isSaving}>
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
