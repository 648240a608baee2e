import { useState } from 'react'

/** The value, or the one before it: so that a dialog that closes does not lose its words while it fades. */
export function useLast<Value>(value: Value | null): Value | null {
  const [last, setLast] = useState(value)
  if (value !== null && value !== last) setLast(value)
  return value ?? last
}
