import '@mantine/charts/styles.css'
import { BarChart } from '@mantine/charts'

export interface Series {
  readonly name: string
  readonly label: string
  readonly color: string
}

export interface BarsProps {
  /** One object for each stretch: where it begins, in words, and a number for each series. */
  readonly data: readonly Readonly<Record<string, string | number>>[]
  readonly series: readonly Series[]
  readonly valueFormatter: (value: number) => string
}

/** Counts over time. For eyes only: whatever draws it says the same in words. */
export function Bars({ data, series, valueFormatter }: BarsProps) {
  return (
    <BarChart
      h={240}
      data={[...data]}
      dataKey="when"
      series={[...series]}
      type="stacked"
      tickLine="none"
      withLegend={series.length > 1}
      legendProps={{ verticalAlign: 'top', height: 36 }}
      valueFormatter={valueFormatter}
      maxBarWidth={36}
      barChartProps={{ accessibilityLayer: false }}
      barProps={{ isAnimationActive: false }}
      xAxisProps={{ minTickGap: 24 }}
      yAxisProps={{ allowDecimals: false, width: 48 }}
    />
  )
}
