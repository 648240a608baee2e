import { Text } from '@mantine/core'
import { columnVisibilityFeature, createColumnHelper, tableFeatures } from '@tanstack/react-table'
import { CircleCheck, CircleDashed } from 'lucide-react'
import { useFormats } from '../../../session/formats.ts'
import { RoleBadge, StatusBadge, When } from '../../../ui/person.tsx'
import { PersonLink } from './person-link.tsx'
import type { Person } from './question.ts'
import type { Sort } from './search.ts'

export interface ColumnFacts {
  readonly label: string
  /** In pixels, at least. */
  readonly width: number
  readonly sort?: Sort
  /** What is asked of the server for it, beside what every list has. */
  readonly needs?: 'username' | 'number'
  /** Whether it is there until somebody chooses. */
  readonly isUsual?: true
}

export const features = tableFeatures({ columnVisibilityFeature, columnMeta: {} as ColumnFacts })
const helper = createColumnHelper<typeof features, Person>()

export const columns = helper.columns([
  helper.display({
    id: 'name',
    meta: { label: 'Name', width: 280, sort: 'firstName', isUsual: true },
    cell: ({ row }) => <PersonLink person={row.original} />,
  }),
  helper.accessor('email', {
    meta: { label: 'E-mail address', width: 250, sort: 'email' },
    cell: ({ getValue }) => <Word>{getValue()}</Word>,
  }),
  helper.accessor('lastName', {
    meta: { label: 'Last name', width: 150, sort: 'lastName' },
    cell: ({ getValue }) => <Word>{getValue()}</Word>,
  }),
  helper.accessor('username', {
    meta: { label: 'Username', width: 160, needs: 'username' },
    cell: ({ getValue }) => <Word>{getValue()}</Word>,
  }),
  helper.accessor('number', {
    meta: { label: 'Number', width: 110, needs: 'number' },
    cell: ({ getValue }) => <Figure value={getValue()} />,
  }),
  helper.accessor('status', {
    meta: { label: 'Status', width: 110, isUsual: true },
    cell: ({ getValue }) => <StatusBadge status={getValue()} />,
  }),
  helper.accessor('role', {
    meta: { label: 'Role', width: 100, isUsual: true },
    cell: ({ getValue }) => <RoleBadge role={getValue()} />,
  }),
  helper.accessor('emailVerified', {
    meta: { label: 'Verified', width: 110, isUsual: true },
    cell: ({ getValue }) => <Verified isSo={getValue()} />,
  }),
  helper.accessor('lastLoginAt', {
    meta: { label: 'Last sign-in', width: 150, sort: 'lastLoginAt', isUsual: true },
    cell: ({ getValue }) => <When at={getValue()} />,
  }),
  helper.accessor('createdAt', {
    meta: { label: 'Created', width: 150, sort: 'createdAt', isUsual: true },
    cell: ({ getValue }) => <When at={getValue()} />,
  }),
  helper.accessor('updatedAt', {
    meta: { label: 'Changed', width: 150, sort: 'updatedAt' },
    cell: ({ getValue }) => <When at={getValue()} />,
  }),
  helper.accessor('id', {
    meta: { label: 'Id', width: 320 },
    cell: ({ getValue }) => (
      <Text size="xs" ff="monospace" truncate>
        {getValue()}
      </Text>
    ),
  }),
])

function Word({ children }: { readonly children: string | null | undefined }) {
  return (
    <Text size="sm" truncate {...(children ? {} : { c: 'dimmed' })}>
      {children || 'none'}
    </Text>
  )
}

function Figure({ value }: { readonly value: number | undefined }) {
  const { number } = useFormats()
  return <span className="tabular">{value === undefined ? '' : number(value)}</span>
}

/** Whether the address was shown to be theirs, in a word. */
export function Verified({ isSo }: { readonly isSo: boolean }) {
  const Icon = isSo ? CircleCheck : CircleDashed
  return (
    <Text
      span
      size="sm"
      {...(isSo ? {} : { c: 'dimmed' })}
      style={{ display: 'inline-flex', gap: 6, alignItems: 'center', verticalAlign: 'middle' }}
    >
      <Icon size={15} aria-hidden />
      {isSo ? 'yes' : 'no'}
    </Text>
  )
}
