/** What was sent, to be said back: everything that could move a terminal's cursor or turn its text around is written as in a URL. */
export function printable(sent: string): string {
  const unsafe = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]/gu
  return sent.toWellFormed().replace(unsafe, encodeURIComponent)
}
