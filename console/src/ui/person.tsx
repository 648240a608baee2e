import { Avatar, Badge, Group, Text, Tooltip } from '@mantine/core'
import type { Role, Status } from '@sudigital/client'
import { pictureOrigins } from '../place.ts'
import { useFormats } from '../session/formats.ts'
import { nameOf } from '../session/session.tsx'

interface Named {
  readonly firstName?: string | null
  readonly lastName?: string | null
  readonly email?: string | null
  readonly avatar?: string | null
}

/** A picture, or initials on a colour that the name picks. Beside a name it says nothing of its own. */
export function Picture({ person, size = 32 }: { readonly person: Named; readonly size?: number }) {
  return (
    <Avatar
      src={shownPicture(person.avatar)}
      name={nameOf(person)}
      color="initials"
      alt=""
      size={size}
      radius="50%"
      aria-hidden
    />
  )
}

/** The address of a picture that this page may load: one that this server has. */
export function shownPicture(avatar: string | null | undefined): string | null {
  return pictureOrigins.some((origin) => avatar?.startsWith(`${origin}/`)) ? (avatar ?? null) : null
}

/** A picture, the name, and the address below it. */
export function Person({ person, size }: { readonly person: Named; readonly size?: number }) {
  const name = nameOf(person)
  return (
    <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
      <Picture person={person} {...(size === undefined ? {} : { size })} />
      <div style={{ minWidth: 0 }}>
        <Text size="sm" fw={550} truncate>
          {name}
        </Text>
        {person.email !== name && (
          <Text size="xs" c="dimmed" truncate>
            {person.email}
          </Text>
        )}
      </div>
    </Group>
  )
}

const statusColors = { active: 'green', inactive: 'gray', pending: 'orange' } as const

export function StatusBadge({ status }: { readonly status: Status }) {
  return (
    <Badge variant="light" color={statusColors[status]} tt="none">
      {status}
    </Badge>
  )
}

const roleColors = { admin: 'grape', user: 'blue', viewer: 'gray' } as const

export function RoleBadge({ role }: { readonly role: Role }) {
  return (
    <Badge variant="light" color={roleColors[role]} tt="none">
      {role}
    </Badge>
  )
}

/** How long ago it was, and when exactly on a closer look. */
export function When({ at, never = 'never' }: { readonly at: string | null | undefined; readonly never?: string }) {
  const formats = useFormats()
  if (at === null || at === undefined)
    return (
      <Text span c="dimmed" inherit>
        {never}
      </Text>
    )
  return (
    <Tooltip label={formats.time(at)} events={{ hover: true, focus: true, touch: true }}>
      <time dateTime={at}>{formats.ago(at)}</time>
    </Tooltip>
  )
}
