import { useLocalStorage } from '@mantine/hooks'
import { useMemo } from 'react'
import { type ColumnFacts, columns } from './columns.tsx'

/** The column that is always there. */
export const firstColumn = 'name'

export const columnFacts = columns.flatMap(({ id, accessorKey, meta }: Column) => {
  const name = id ?? accessorKey
  return name === undefined || meta === undefined ? [] : [{ id: name, ...meta }]
})

interface Column {
  readonly id?: string
  readonly accessorKey?: string
  readonly meta?: ColumnFacts
}

const usual = columnFacts.flatMap(({ id, isUsual }) => (isUsual ? [id] : []))

/** Which columns somebody wants to see, in this browser. */
export function useColumnChoice() {
  const [chosen, choose, forget] = useLocalStorage<readonly string[]>({
    key: 'roster.users.columns',
    defaultValue: usual,
    getInitialValueInEffect: false,
  })
  return useMemo(() => {
    const isShown = (id: string) => id === firstColumn || chosen.includes(id)
    const shown = columnFacts.filter(({ id }) => isShown(id))
    return {
      shown,
      isShown,
      visibility: Object.fromEntries(columnFacts.map(({ id }) => [id, isShown(id)])),
      more: shown.flatMap(({ needs }) => (needs === undefined ? [] : [needs])),
      toggle: (id: string) => choose(isShown(id) ? chosen.filter((one) => one !== id) : [...chosen, id]),
      forget,
    }
  }, [chosen, choose, forget])
}

export type ColumnChoice = ReturnType<typeof useColumnChoice>
