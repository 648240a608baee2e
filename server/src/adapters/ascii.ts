/** The tables are large, and loaded when the first name is spelled. */
export async function toAscii(text: string): Promise<string> {
  const { default: anyAscii } = await import('any-ascii')
  return anyAscii(text)
}
