import { Badge, Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { nameOf, useMe } from '../../../session/session.tsx'
import { Picture } from '../../../ui/person.tsx'
import classes from './list.module.css'
import type { Person } from './question.ts'

/** Somebody's picture, name and address; the name leads to their page. */
export function PersonLink({ person }: { readonly person: Person }) {
  const isOneself = useMe().id === person.id
  const name = nameOf(person)
  return (
    <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
      <Picture person={person} />
      <div style={{ minWidth: 0 }}>
        <Group gap={6} wrap="nowrap">
          <Link to="/console/users/$userId" params={{ userId: person.id }} className={`quiet-link ${classes.name}`}>
            {name}
          </Link>
          {isOneself && (
            <Badge size="xs" variant="light" color="gray" tt="none" style={{ flex: 'none' }}>
              you
            </Badge>
          )}
        </Group>
        {person.email !== name && (
          <Text size="xs" c="dimmed" truncate>
            {person.email}
          </Text>
        )}
      </div>
    </Group>
  )
}
