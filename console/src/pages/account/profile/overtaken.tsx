import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { GitMerge } from 'lucide-react'
import { type Field, labels, type Merged, type Values } from './details.ts'

/** What somebody else saved meanwhile, and where that meets what was typed. */
export interface OvertakenBy extends Pick<Merged, 'onlyTheirs' | 'both'> {
  readonly theirs: Values
}

interface OvertakenProps {
  readonly by: OvertakenBy
  readonly values: Values
  readonly onTake: (field: Field, value: string) => void
}

/** Tells what somebody else saved first, and lets whoever typed something else take theirs. */
export function Overtaken({ by: { onlyTheirs, both, theirs }, values, onTake }: OvertakenProps) {
  const says = (field: Field) => (values[field] === theirs[field] ? 'Taken' : 'Take theirs')
  return (
    <Alert role="alert" color="yellow" icon={<GitMerge aria-hidden />} title="Somebody else saved first">
      <Stack gap="xs">
        {onlyTheirs.length > 0 && (
          <Text size="sm">
            They changed {onlyTheirs.map((field) => labels[field]).join(', ')}, which you did not: that is in the form
            now.
          </Text>
        )}
        {both.map((field) => (
          <Group key={field} gap="xs" justify="space-between">
            <Text size="sm">
              {labels[field]}: they saved {theirs[field] === '' ? 'nothing' : `“${theirs[field]}”`}.
            </Text>
            <Button
              size="compact-xs"
              variant="default"
              aria-label={`${says(field)}: ${labels[field]}`}
              disabled={values[field] === theirs[field]}
              onClick={() => onTake(field, theirs[field])}
            >
              {says(field)}
            </Button>
          </Group>
        ))}
        <Text size="sm">Nothing is saved yet. Save again for what stands in the form.</Text>
      </Stack>
    </Alert>
  )
}
