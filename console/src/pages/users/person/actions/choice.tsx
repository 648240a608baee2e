import { Button, Group, Radio, Stack, Text } from '@mantine/core'
import { DialogEnd, useHold } from '../../../../ui/dialog.tsx'
import { Refused } from '../../../../ui/states.tsx'

interface Option<Value extends string> {
  readonly value: Value
  readonly label: string
  readonly says: string
}

interface ChoiceProps<Value extends string> {
  readonly label: string
  readonly options: readonly Option<Value>[]
  readonly chosen: Value
  /** What is so by now. */
  readonly current: Value
  readonly onChoose: (value: Value) => void
}

/** One of a few, each with what it means. */
export function Choice<Value extends string>({ label, options, chosen, current, onChoose }: ChoiceProps<Value>) {
  const choose = (value: string) => {
    const option = options.find((one) => one.value === value)
    if (option !== undefined) onChoose(option.value)
  }
  return (
    <Radio.Group label={label} value={chosen} onChange={choose}>
      <Stack gap="xs" mt="xs">
        {options.map(({ value, label: name, says }) => (
          <Radio.Card key={value} value={value} p="sm" radius="md">
            <Group gap="sm" wrap="nowrap" align="flex-start">
              <Radio.Indicator />
              <div>
                <Text size="sm" fw={550}>
                  {name}
                  {value === current && (
                    <Text span size="xs" c="dimmed" ml={6}>
                      now
                    </Text>
                  )}
                </Text>
                <Text size="xs" c="dimmed">
                  {says}
                </Text>
              </div>
            </Group>
          </Radio.Card>
        ))}
      </Stack>
    </Radio.Group>
  )
}

interface ClosingProps {
  readonly error: unknown
  readonly isPending: boolean
  readonly label: string
  readonly isGrave?: boolean
  readonly isDisabled?: boolean
  readonly close: () => void
}

/** The end of a form in a dialog, which stays open while it is sent: what went wrong, the way back, and the way on. */
export function Closing({ error, isPending, label, isGrave = false, isDisabled = false, close }: ClosingProps) {
  useHold(isPending)
  return (
    <>
      <Refused error={error} />
      <DialogEnd>
        <Button variant="default" onClick={close} disabled={isPending}>
          Cancel
        </Button>
        <Button type="submit" loading={isPending} disabled={isDisabled} {...(isGrave ? { color: 'red' } : {})}>
          {label}
        </Button>
      </DialogEnd>
    </>
  )
}
