import type { Form } from '../../core/form.ts'
import { limits } from '../../core/limits.ts'
import type { Fault } from '../../core/refusals.ts'

/** A new password that was not sent is as short as they come: the document has one sentence for both. */
export function readNewPassword<Values extends object>(
  form: Form<Values>,
  field: 'password' | 'newPassword',
): Form<Values> {
  const faults = form.faults.map(
    (fault): Fault =>
      fault.field === field && fault.flaw === 'missing'
        ? { field, flaw: 'too_short', min: limits.passwordLengthMin, length: 0 }
        : fault,
  )
  return { ...form, faults }
}
