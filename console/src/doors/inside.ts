const doors = ['sign-in', 'sign-up', 'forgot-password', 'resend-verification', 'set-up']

/** The page of the console that an address means, or undefined: nobody is led to another site, or back to the door that they came through. */
export function insideConsole(address: unknown, origin: string): string | undefined {
  if (typeof address !== 'string' || !URL.canParse(address, origin)) return undefined
  const meant = new URL(address, origin)
  const [, console, page = ''] = meant.pathname.split('/')
  if (meant.origin !== origin || console !== 'console' || doors.includes(page)) return undefined
  return `${meant.pathname}${meant.search}${meant.hash}`
}
