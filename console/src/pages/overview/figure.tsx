import { Box, Button, Paper, ScrollArea, Skeleton, Table, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { lazy, useId } from 'react'
import { useFormats } from '../../session/formats.ts'
import { Fetched } from '../../ui/fetched.tsx'
import type { Series } from './bars.tsx'

const Bars = lazy(() => import('./bars.tsx').then((module) => ({ default: module.Bars })))

interface FigureProps {
  readonly title: string
  readonly data: readonly (Readonly<Record<string, string | number>> & { readonly when: string })[]
  readonly series: readonly Series[]
}

/** A chart, what it comes to in a sentence, and the same as a table for whoever wants numbers. */
export function Figure({ title, data, series }: FigureProps) {
  const [isTable, { toggle }] = useDisclosure()
  const id = useId()
  const formats = useFormats()
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby={id}>
      <Title order={3} id={id}>
        {title}
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        {series.map((one) => inWords(one, data, formats.number)).join(' ')}
      </Text>
      {isTable ? (
        <Numbers title={title} data={data} series={series} />
      ) : (
        <Fetched coming={<Skeleton h={240} />}>
          <Box aria-hidden>
            <Bars data={data} series={series} valueFormatter={formats.number} />
          </Box>
        </Fetched>
      )}
      <Button variant="subtle" size="compact-sm" mt="sm" ml={-8} onClick={toggle} aria-pressed={isTable}>
        Show as a table
      </Button>
    </Paper>
  )
}

/** “312 sign-ups, at most 25 (Nov 14).” */
function inWords({ name, label }: Series, data: FigureProps['data'], number: (value: number) => string): string {
  const counts = data.map((stretch) => Number(stretch[name]))
  const sum = counts.reduce((all, n) => all + n, 0)
  if (sum === 0) return `No ${label.toLowerCase()}.`
  const most = Math.max(...counts)
  const when = data[counts.indexOf(most)]?.when
  if (sum === 1) return `1 ${label.toLowerCase().replace(/s$/, '')} (${when}).`
  return `${number(sum)} ${label.toLowerCase()}, at most ${number(most)} (${when}).`
}

function Numbers({ title, data, series }: FigureProps) {
  const formats = useFormats()
  return (
    <ScrollArea.Autosize mah={240} viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': title }}>
      <Table aria-label={title} stickyHeader className="tabular">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">When</Table.Th>
            {series.map(({ name, label }) => (
              <Table.Th scope="col" key={name} ta="right">
                {label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.map((stretch) => (
            <Table.Tr key={stretch.from}>
              <Table.Th scope="row" fw={400}>
                {stretch.when}
              </Table.Th>
              {series.map(({ name }) => (
                <Table.Td key={name} ta="right">
                  {formats.number(Number(stretch[name]))}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  )
}
