import { columnVisibilityFeature, createColumnHelper, tableFeatures } from '@tanstack/react-table'
import { Ago, Code, Figure, RoleCell, StatusCell, Verified, Word } from './cells.tsx'
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
    cell: ({ getValue }) => <StatusCell status={getValue()} />,
  }),
  helper.accessor('role', {
    meta: { label: 'Role', width: 100, isUsual: true },
    cell: ({ getValue }) => <RoleCell role={getValue()} />,
  }),
  helper.accessor('emailVerified', {
    meta: { label: 'Verified', width: 110, isUsual: true },
    cell: ({ getValue }) => <Verified isSo={getValue()} />,
  }),
  helper.accessor('lastLoginAt', {
    meta: { label: 'Last sign-in', width: 150, sort: 'lastLoginAt', isUsual: true },
    cell: ({ getValue }) => <Ago at={getValue()} />,
  }),
  helper.accessor('createdAt', {
    meta: { label: 'Created', width: 150, sort: 'createdAt', isUsual: true },
    cell: ({ getValue }) => <Ago at={getValue()} />,
  }),
  helper.accessor('updatedAt', {
    meta: { label: 'Changed', width: 150, sort: 'updatedAt' },
    cell: ({ getValue }) => <Ago at={getValue()} />,
  }),
  helper.accessor('id', {
    meta: { label: 'Id', width: 320 },
    cell: ({ getValue }) => <Code>{getValue()}</Code>,
  }),
])
