import { List, Text } from '@mantine/core'
import { useFormats } from '../../../../session/formats.ts'
import { nameOf } from '../../../../session/session.tsx'
import type { Person } from '../question.ts'

/** “1 person”, “1,234 people” */
export function peopleIn(count: number, number: (value: number) => string): string {
  return count === 1 ? '1 person' : `${number(count)} people`
}

const namedMax = 4

/** Some of them by name, and how many more there are. */
export function Named({ people }: { readonly people: readonly Person[] }) {
  const { number } = useFormats()
  const named = people.length <= namedMax + 1 ? people : people.slice(0, namedMax)
  const more = people.length - named.length
  return (
    <List size="sm" spacing={2}>
      {named.map((person) => (
        <List.Item key={person.id}>
          {nameOf(person)}
          {person.email !== null && person.email !== nameOf(person) && (
            <Text span inherit c="dimmed">
              {' '}
              {person.email}
            </Text>
          )}
        </List.Item>
      ))}
      {more > 0 && <List.Item>{`and ${number(more)} more`}</List.Item>}
    </List>
  )
}
