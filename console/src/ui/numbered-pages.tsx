import { Group, Pagination, Text } from '@mantine/core'
import { useFormats } from '../session/formats.ts'

interface NumberedPagesProps {
  /** What there are pages of, for those who do not see them: “Pages of invitations”. */
  readonly label: string
  readonly page: number
  readonly limit: number
  readonly total: number
  readonly onChange: (page: number) => void
}

/** Which part of a list is shown, and the way to the others. One page needs neither. */
export function NumberedPages({ label, page, limit, total, onChange }: NumberedPagesProps) {
  const { number } = useFormats()
  const pages = Math.max(1, Math.ceil(total / limit))
  if (pages === 1) return null
  return (
    <Group justify="space-between" component="nav" aria-label={label}>
      <Text size="sm" c="dimmed" className="tabular">
        {number((page - 1) * limit + 1)}–{number(Math.min(page * limit, total))} of {number(total)}
      </Text>
      <Pagination
        total={pages}
        value={page}
        onChange={onChange}
        size="sm"
        siblings={1}
        getControlProps={(control) => ({ 'aria-label': control === 'next' ? 'Next page' : 'Page before' })}
        getItemProps={(item) => ({ 'aria-label': `Page ${item}` })}
      />
    </Group>
  )
}
