/** What a text of digits and nothing else says, as far as a number can hold it; NaN for any other, which is within no bounds. */
export function wholeNumberIn(text: string): number {
  return /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
}
