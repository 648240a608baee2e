/** What another product knows of people and Roster cannot keep, or keeps in another way. `by` is the name of a product or a kind, never of a person. */
export const noteWords = {
  only_identity: (people, by) => `${people} only a ${by} identity: they come without a password`,
  identity: (people, by) => `${people} a ${by} identity beside their password: it is left out`,
  no_password: (people) => `${people} no password in the file: they come without one`,
  unknown_hash: (people) =>
    `${people} a password hash of a form that cannot be verified here: they come without a password`,
  plain_password: (people) => `${people} a password in clear, which is not taken: they come without one`,
  second_factor: (people, by) => `${people} a second factor (${by}) that cannot be carried: they come without it`,
  temporary_password: (people) =>
    `${people} a password to be replaced at the next sign-in: nothing here makes them replace it`,
  required_actions: (people) => `${people} something else to do at the next sign-in: nothing here asks for it`,
  unproved_address: (people) =>
    `${people} an e-mail address that they had to prove and never did: they come as pending, and choose a password when they do`,
  username: (people) =>
    `${people} a username that nobody may have here: it is kept as an attribute, and they sign in with their e-mail address`,
  roles: (people) => `${people} roles that --role-map does not name: they come without these`,
} as const satisfies Readonly<Record<string, (people: string, by: string) => string>>

/** What is left out as a whole. */
const leftOut = {
  service_account: ['service account is no person', 'service accounts are no people'],
  deleted: ['user was deleted there', 'users were deleted there'],
  anonymous: ['user is anonymous', 'users are anonymous'],
  federated: ['person is kept in another store', 'people are kept in another store'],
  organization: ['organization stands in the file', 'organizations stand in the file'],
} as const

export type NoteKind = keyof typeof noteWords | keyof typeof leftOut

export interface Note {
  readonly kind: NoteKind
  readonly count: number
  /** A sentence. */
  readonly says: string
}

export interface Notes {
  /** Whatever is noted from now on is of this line. */
  begin(line: number): void
  add(kind: NoteKind, by?: string): void
  /** The lines up to this one were taken, besides those that were refused: of these nothing is told, as nobody came. */
  settle(upTo: number, refused: ReadonlySet<number>): void
  /** Of lines that are settled, in the order in which the kinds were met first. */
  all(): Note[]
}

interface Tally {
  readonly kind: NoteKind
  readonly by: string
  count: number
}

export function openNotes(): Notes {
  const tallies = new Map<string, Tally>()
  const unsettled = new Map<number, Tally[]>()
  let current = 0
  return {
    begin(line) {
      current = line
    },
    add(kind, by = '') {
      const name = nameable(by)
      const key = `${kind} ${name}`
      const tally = tallies.get(key) ?? { kind, by: name, count: 0 }
      tallies.set(key, tally)
      if (isLeftOut(kind)) tally.count += 1
      else unsettled.set(current, [...(unsettled.get(current) ?? []), tally])
    },
    settle(upTo, refused) {
      for (const [line, met] of unsettled) {
        if (line > upTo) return
        unsettled.delete(line)
        if (!refused.has(line)) for (const tally of met) tally.count += 1
      }
    },
    all: () =>
      [...tallies.values()]
        .filter(({ count }) => count > 0)
        .map((tally) => ({ kind: tally.kind, count: tally.count, says: sentence(tally) })),
  }
}

/** What does not look like the name of a product is not repeated. */
function nameable(by: string): string {
  return /^[A-Za-z][A-Za-z0-9._-]{0,39}$|^$/.test(by) ? by : 'foreign'
}

function sentence({ kind, by, count }: { kind: NoteKind; by: string; count: number }): string {
  const n = count.toLocaleString('en-US')
  if (isLeftOut(kind)) return `${n} ${leftOut[kind][count === 1 ? 0 : 1]}: left out.`
  return `${noteWords[kind](count === 1 ? `${n} person has` : `${n} people have`, by)}.`
}

function isLeftOut(kind: NoteKind): kind is keyof typeof leftOut {
  return Object.hasOwn(leftOut, kind)
}
