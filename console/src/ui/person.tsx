import { Badge, Group, Text, Tooltip } from '@mantine/core'
import type { Role, Status } from '@sudigital/client'
import { useState } from 'react'
import { pictureOrigins } from '../place.ts'
import { useFormats } from '../session/formats.ts'
import { nameOf } from '../session/session.tsx'
import classes from './person.module.css'

interface Named {
  readonly firstName?: string | null
  readonly lastName?: string | null
  readonly email?: string | null
  readonly avatar?: string | null
}

/** A picture, or initials on a colour that the name picks. Beside a name it says nothing of its own. Plain elements, because lists have many. */
export function Picture({ person, size = 32 }: { readonly person: Named; readonly size?: number }) {
  const [missing, setMissing] = useState<string | null>(null)
  const source = shownPicture(person.avatar)
  const room = { width: size, height: size }
  if (source !== null && source !== missing)
    return (
      <span className={classes.picture} style={room} aria-hidden>
        <img src={source} alt="" loading="lazy" onError={() => setMissing(source)} />
      </span>
    )
  const name = nameOf(person)
  const color = `var(--mantine-color-${colorOf(name)}-light`
  return (
    <span
      className={classes.picture}
      style={{ ...room, fontSize: size / 2.5, background: `${color})`, color: `${color}-color)` }}
      aria-hidden
    >
      {initialsOf(name)}
    </span>
  )
}

function initialsOf(name: string): string {
  const words = name.split(' ').slice(0, 2)
  return (words.length === 1 ? name.slice(0, 2) : words.map(([first]) => first).join('')).toUpperCase()
}

const colors = ['blue', 'cyan', 'grape', 'green', 'indigo', 'lime', 'orange', 'pink', 'red', 'teal', 'violet'] as const

/** The same as Mantine's avatars have. */
function colorOf(name: string): (typeof colors)[number] {
  let sum = 0
  for (let index = 0; index < name.length; index += 1) sum = (sum * 31 + name.charCodeAt(index)) | 0
  return colors[Math.abs(sum) % colors.length] ?? 'blue'
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
