import { Box, Button, Group, PasswordInput, type PasswordInputProps, Text, VisuallyHidden } from '@mantine/core'
import { useUncontrolled } from '@mantine/hooks'
import { Check, Circle, Sparkles } from 'lucide-react'
import { useState } from 'react'
import { makeUpPassword } from './make-up-password.ts'
import { type Demand, demandsOn, type PasswordOwner, wordsOf } from './password-demands.ts'
import { prepareStrength, type Strength, useStrength } from './strength/strength.ts'

interface NewPasswordProps extends Omit<PasswordInputProps, 'value' | 'defaultValue' | 'onChange' | 'description'> {
  /** Whose it will be: nothing of theirs may be in it. */
  readonly owner?: PasswordOwner | undefined
  readonly value?: string
  readonly defaultValue?: string
  /** Is given the password itself. Takes what `form.getInputProps` gives, in both modes of a form. */
  readonly onChange?: (password: string) => void
}

/** A field for a new password: what is asked of it, how strong it is, and one that is made up for whoever wants it. */
export function NewPassword({
  owner = {},
  label = 'New password',
  value,
  defaultValue,
  onChange,
  onFocus,
  ...input
}: NewPasswordProps) {
  const [password, setPassword] = useUncontrolled({
    ...(value === undefined ? {} : { value }),
    ...(defaultValue === undefined ? {} : { defaultValue }),
    ...(onChange === undefined ? {} : { onChange }),
    finalValue: '',
  })
  const [isVisible, setVisible] = useState(false)
  const strength = useStrength(password, wordsOf(owner))
  const makeUp = () => {
    setPassword(makeUpPassword())
    setVisible(true)
  }
  return (
    <div>
      <PasswordInput
        {...input}
        label={label}
        autoComplete="new-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        onFocus={(event) => {
          prepareStrength()
          onFocus?.(event)
        }}
        visible={isVisible}
        onVisibilityChange={setVisible}
        visibilityToggleFocusable
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
        description={<Demands demands={demandsOn(password, owner)} />}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
      />
      <Group justify="space-between" gap="xs" mt={6} mih={26}>
        <Meter strength={strength} />
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<Sparkles size={14} aria-hidden />}
          onClick={makeUp}
          disabled={input.disabled ?? false}
        >
          Suggest a strong one
        </Button>
      </Group>
      <Advice strength={strength} />
    </div>
  )
}

function Demands({ demands }: { readonly demands: readonly Demand[] }) {
  return (
    <Group component="span" gap="2px 12px" mt={6}>
      {demands.map(({ says, isMet }) => (
        <Group
          component="span"
          key={says}
          gap={4}
          wrap="nowrap"
          c={isMet ? 'var(--mantine-color-green-light-color)' : 'dimmed'}
        >
          {isMet ? <Check size={12} aria-hidden /> : <Circle size={12} aria-hidden />}
          {says}
          <VisuallyHidden>{isMet ? ': there.' : ': still missing.'}</VisuallyHidden>
        </Group>
      ))}
    </Group>
  )
}

const words = ['Very weak', 'Weak', 'Fair', 'Good', 'Strong'] as const
const colours = ['red.7', 'red.7', 'yellow.6', 'teal.6', 'teal.7'] as const
const steps = [1, 2, 3, 4] as const
/** Beside it stands a button in most places, and below it one in narrow ones, whether it is there yet or not. */
const meterWidth = 150

function Meter({ strength }: { readonly strength: Strength | null }) {
  if (strength === null) return <Box flex={1} miw={meterWidth} />
  const { score } = strength
  return (
    <Group gap="xs" wrap="nowrap" flex={1} miw={meterWidth}>
      <Group
        gap={4}
        flex="0 1 120px"
        role="meter"
        aria-label="Strength"
        aria-valuemin={0}
        aria-valuemax={4}
        aria-valuenow={score}
        aria-valuetext={words[score]}
      >
        {steps.map((step) => (
          <Box
            key={step}
            flex={1}
            h={5}
            bdrs="xl"
            bg={step <= Math.max(1, score) ? colours[score] : 'var(--mantine-color-default-border)'}
          />
        ))}
      </Group>
      <Text size="xs" fw={600} style={{ whiteSpace: 'nowrap' }}>
        {words[score]}
      </Text>
    </Group>
  )
}

/** Has room for two lines before there is any: a button below would move away from under a click. */
function Advice({ strength }: { readonly strength: Strength | null }) {
  return (
    <Text size="xs" c="dimmed" role="status" mih="2lh">
      {strength !== null && (
        <>
          <VisuallyHidden>Strength: {words[strength.score]}. </VisuallyHidden>
          {strength.score < 4 && strength.says}
        </>
      )}
    </Text>
  )
}
