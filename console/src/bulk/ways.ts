/** How people are entered: by a form, a pasted list, or a file. */
export const ways = ['form', 'list', 'file'] as const
export type Way = (typeof ways)[number]

/** The way that an address names; the form is where everybody begins. */
export function readWay(by: unknown): { readonly by?: Way } {
  const way = ways.find((known) => known === by)
  return way === undefined || way === 'form' ? {} : { by: way }
}
