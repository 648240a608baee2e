/** Text that is HTML already. */
export interface Html {
  readonly html: string
}

/** HTML whose parts are escaped as they are put in, unless they are HTML themselves. The only way to make any. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | Html | readonly Html[])[]): Html {
  const filled = values.map((value, at) => `${htmlOf(value)}${parts[at + 1] ?? ''}`)
  return { html: `${parts[0] ?? ''}${filled.join('')}` }
}

function htmlOf(value: string | Html | readonly Html[]): string {
  if (typeof value === 'string') return escaped(value)
  return 'html' in value ? value.html : value.map((one) => one.html).join('')
}

function escaped(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`)
}
