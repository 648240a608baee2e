import { Argument, type Command, Option } from 'commander'
import { roles } from '../core/permissions.ts'
import { type Add, adderTo, type Run, requiring, wholeNumber } from './command-line.ts'

const shownUnlessSaid = 20
const shownMax = 1_000_000
const who = 'id, e-mail address or username'

const personally = 'No API token can do it: it takes the access token of a session of your own in ROSTER_TOKEN.'

const asking = `Which server, and who asks, stands in the environment:

* ROSTER_URL: where the server is (http://localhost:3001 unless set). On another machine it
  begins with https.
* ROSTER_TOKEN: an API token, or the access token of a session of your own.
* ROSTER_TOKEN_FILE: a file that holds the token, where ROSTER_TOKEN is not set.

An admin signs in and makes an API token, which is shown once; \`-d @-\` takes the JSON from
standard input, so that the password is in no list of processes:

    echo '{"email":"you@example.com","password":"…"}' |
      curl -s $ROSTER_URL/api/auth/login -H 'Content-Type: application/json' -d @-
    curl -s $ROSTER_URL/api/tokens -H "Authorization: Bearer $ACCESS_TOKEN" \\
      -H 'Content-Type: application/json' \\
      -d '{"name":"command line","permissions":["users:read","users:list","users:update"]}'

Which of the permissions a token needs:

* users:read and users:list: show, list, activity, and to find anybody by name
* users:create: create, verify-email
* users:update: update
* users:roles besides: set-role, activate, deactivate, unlock, create with a role, update of
  an e-mail address
* users:delete: delete, restore
* invitations:manage: invite
* none besides finding them: reset-password

sessions, sign-out, set-password, export and erase take a session of your own, and no API
token: put the access token that signing in answered with into ROSTER_TOKEN.`

/** A server's users, from wherever one is. Everything is asked of the server, which decides what the token may do. */
export function addUsers(add: Add, run: Run): void {
  const users = add({
    name: 'users',
    summary: 'look after the users of a server, from anywhere',
    description:
      'Asks a server, which decides what the token may do. People are named by id, e-mail address or username.',
    more: asking,
    examples: [
      ['npx roster users list --search lovelace', 'finds people by a part of a name or an address'],
      ['npx roster help users update', 'says what one of the commands takes'],
    ],
  })
  users.helpCommand('help [command]', 'say what a command does')
  const verb = adderTo(users)
  addReading(verb, run)
  addComing(verb, run)
  addChanging(verb, run)
  addWholes(verb, run)
  addSigningIn(verb, run)
}

const load = () => import('./users.ts')

function addReading(add: Add, run: Run): void {
  const list = add({
    name: 'list',
    summary: 'list people',
    description: 'Lists people; filters combine. With --json a line of JSON for each, as they come.',
    examples: [
      ['npx roster users list --status inactive --sort lastLoginAt --order asc', 'begins with who was away longest'],
      ['npx roster users list --role admin --json', 'tells a program who administers'],
      ['npx roster users list --all --json > everybody.ndjson', 'writes everybody down'],
    ],
  })
    .option('--search <words>', 'that names, usernames or e-mail addresses hold')
    .addOption(roleOption('only people of this role'))
    .addOption(new Option('--status <status>', 'only people of this status').choices(['active', 'inactive', 'pending']))
    .option('--email-verified', 'only people whose address is proved')
    .option('--no-email-verified', 'only people whose address is not proved')
  for (const [what, name] of [
    ['created', 'created'],
    ['updated', 'changed'],
    ['last-login', 'signed in last'],
  ]) {
    list.option(`--${what}-from <instant>`, `${name} then or later, in ISO 8601`)
    list.option(`--${what}-to <instant>`, `${name} earlier, in ISO 8601`)
  }
  list
    .addOption(
      new Option('--sort <field>', 'what to sort by').choices([
        ...['createdAt', 'updatedAt', 'lastLoginAt', 'email', 'firstName', 'lastName'],
      ]),
    )
    .addOption(new Option('--order <order>', 'upwards or downwards').choices(['asc', 'desc']))
  limited(list).action((options) => run(async () => (await load()).listUsers(process.env, options)))

  add({
    name: 'show',
    summary: 'show everything about somebody',
    description: 'Shows all that a user record holds.',
    examples: [['npx roster users show ada@example.com', 'by e-mail address']],
  })
    .argument('<who>', who)
    .action((name, options) => run(async () => (await load()).showUser(process.env, name, options)))

  const activity = add({
    name: 'activity',
    summary: 'show what happened to an account',
    description: 'Shows what happened to an account, newest first.',
    examples: [['npx roster users activity ada@example.com --type login_failed', 'shows wrong guesses']],
  })
    .argument('<who>', who)
    .option('--type <type>', 'only what is of this type')
  limited(activity).action((name, options) => run(async () => (await load()).listActivity(process.env, name, options)))
}

function addComing(add: Add, run: Run): void {
  const create = add({
    name: 'create',
    summary: 'add somebody',
    description:
      'Adds somebody. The password is asked for, twice, unless it comes on standard input. Whoever is pending, as they are unless --status says otherwise, is mailed a link to prove their address.',
    examples: [
      [
        'npx roster users create --email ada@example.com --first-name Ada --last-name Lovelace --password-stdin < password',
        'asks for nothing',
      ],
    ],
  })
  requiring(create, [
    ['--email <address>', 'e-mail address'],
    ['--first-name <name>', 'first name'],
    ['--last-name <name>', 'last name'],
  ])
    .option('--username <name>', 'username')
    .addOption(roleOption('role'))
    .addOption(new Option('--status <status>', 'status').choices(['active', 'inactive', 'pending']))
    .option('--password-stdin', 'read the password from standard input')
    .action((options) => run(async () => (await load()).createUser(process.env, options)))

  add({
    name: 'invite',
    summary: 'invite somebody by e-mail',
    description: 'Makes a pending user and mails them a link, with which they choose a password.',
    examples: [
      ['npx roster users invite grace@example.com --role viewer', 'asks her in'],
      ['npx roster users invite grace@example.com --again', 'sends her the same once more'],
    ],
  })
    .argument('<address>', 'e-mail address')
    .addOption(roleOption('role'))
    .option('--first-name <name>', 'first name')
    .option('--last-name <name>', 'last name')
    .addOption(
      new Option('--again', 'send the invitation that is pending once more, as it is').conflicts([
        'role',
        'firstName',
        'lastName',
      ]),
    )
    .action((address, options) =>
      run(async () => (await import('./invite.ts')).inviteUser(process.env, address, options)),
    )
}

function addChanging(add: Add, run: Run): void {
  add({
    name: 'update',
    summary: 'change what is known of somebody',
    description: 'Changes what is named and leaves all else as it is. An empty value removes what was there.',
    examples: [
      ['npx roster users update ada --first-name Augusta --last-name King', 'gives her other names'],
      [
        `npx roster users update ada --merge '{"attributes":{"department":"mathematics"}}'`,
        'changes what has no option',
      ],
    ],
  })
    .argument('<who>', who)
    .option('--email <address>', 'e-mail address')
    .option('--username <name>', 'username')
    .option('--first-name <name>', 'first name')
    .option('--last-name <name>', 'last name')
    .option('--avatar <url>', 'address of a picture')
    .option('--merge <json>', 'a JSON merge patch (RFC 7396) of profile, preferences, attributes')
    .action((name, options) => run(async () => (await load()).updateUser(process.env, name, options)))

  add({
    name: 'set-role',
    summary: 'change what somebody may do',
    description: 'Makes somebody an admin, a user or a viewer.',
    examples: [['npx roster users set-role ada@example.com admin', 'has her administer']],
  })
    .argument('<who>', who)
    .addArgument(new Argument('<role>', 'what they are from now on').choices(roles))
    .action((name, role, options) => run(async () => (await load()).setRole(process.env, name, role, options)))

  add({
    name: 'delete',
    summary: 'delete somebody',
    description: 'Deletes somebody, who can be restored for a while. Asks whether you are sure.',
    examples: [['npx roster users delete ada@example.com --yes', 'asks nothing']],
  })
    .argument('<who>', who)
    .option('--yes', 'do not ask whether it is meant')
    .action((name, options) => run(async () => (await load()).deleteUser(process.env, name, options)))

  add({
    name: 'restore',
    summary: 'take a deletion back',
    description: 'Brings somebody back who was deleted. They have to be named by id: their names were given up.',
    examples: [['npx roster users restore 019ed3a4-4f72-7a3d-9d3b-2f1f6f0c9a11', 'as `users delete` told']],
  })
    .argument('<id>', 'id of whoever was deleted')
    .action((id, options) => run(async () => (await load()).restoreUser(process.env, id, options)))
}

function addWholes(add: Add, run: Run): void {
  add({
    name: 'export',
    summary: 'write down everything that is kept of somebody',
    description: `Writes everything that is kept of somebody as one JSON document, as they may ask for by law. ${personally}`,
    examples: [['npx roster users export ada@example.com > ada.json', 'for her to read']],
  })
    .argument('<who>', who)
    .action((name, options) => run(async () => (await load()).exportUser(process.env, name, options)))

  add({
    name: 'erase',
    summary: 'take away for good what is kept of somebody',
    description: `Erases somebody: no personal data stays, and it cannot be taken back. Asks whether you are sure. ${personally}`,
    examples: [['npx roster users erase ada@example.com --yes', 'asks nothing']],
  })
    .argument('<who>', who)
    .option('--yes', 'do not ask whether it is meant')
    .action((name, options) => run(async () => (await load()).eraseUser(process.env, name, options)))
}

function addSigningIn(add: Add, run: Run): void {
  for (const [name, status, does, example] of [
    ['activate', 'active', 'let somebody sign in', 'lets her in again'],
    ['deactivate', 'inactive', 'bar somebody from signing in', 'ends her sessions, at once'],
  ] as const) {
    add({
      name,
      summary: does,
      description: `Makes somebody ${status}. Whoever is inactive cannot sign in, and is refused from the next request on.`,
      examples: [[`npx roster users ${name} ada@example.com`, example]],
    })
      .argument('<who>', who)
      .action((one, options) => run(async () => (await load()).setStatus(process.env, one, status, options)))
  }

  add({
    name: 'set-password',
    summary: "replace somebody's password",
    description: `Replaces somebody's password and ends their sessions. It is asked for, twice, unless it comes on standard input. ${personally}`,
    examples: [['npx roster users set-password ada@example.com --password-stdin < password', 'asks for nothing']],
  })
    .argument('<who>', who)
    .option('--password-stdin', 'read the password from standard input')
    .action((name, options) => run(async () => (await load()).setPassword(process.env, name, options)))

  addPlain(add, run)

  add({
    name: 'sign-out',
    summary: 'end sessions of somebody',
    description: `Ends all sessions of somebody, or one. ${personally}`,
    examples: [['npx roster users sign-out ada@example.com', 'on all of her devices, at once']],
  })
    .argument('<who>', who)
    .option('--session <id>', 'only this one')
    .action((name, options) => run(async () => (await load()).signOut(process.env, name, options)))
}

/** What takes nothing but somebody's name. */
function addPlain(add: Add, run: Run): void {
  const plain = (
    words: { name: string; summary: string; description: string; example: string },
    action: 'resetPassword' | 'verifyEmail' | 'unlockUser' | 'listSessions',
  ) =>
    add({ ...words, examples: [[`npx roster users ${words.name} ada@example.com`, words.example]] })
      .argument('<who>', who)
      .action((name, options) => run(async () => (await load())[action](process.env, name, options)))

  plain(
    {
      name: 'reset-password',
      summary: 'mail somebody a link to choose a password',
      description: 'Mails somebody the link that they would get by saying that they forgot their password.',
      example: 'the old one holds until then',
    },
    'resetPassword',
  )
  plain(
    {
      name: 'verify-email',
      summary: 'mail somebody a link to prove their address',
      description: 'Mails somebody the link that proves that an address is theirs.',
      example: 'sends the link again',
    },
    'verifyEmail',
  )
  plain(
    {
      name: 'unlock',
      summary: 'let somebody guess again',
      description: 'Lets somebody sign in again who ran out of guesses.',
      example: 'does not wait until the lock opens by itself',
    },
    'unlockUser',
  )
  plain(
    {
      name: 'sessions',
      summary: 'list where somebody is signed in',
      description: `Lists the sessions of somebody. ${personally}`,
      example: 'with devices, addresses and last uses',
    },
    'listSessions',
  )
}

function limited(command: Command): Command {
  return command
    .option('--limit <count>', 'how many at most', wholeNumber(1, shownMax), shownUnlessSaid)
    .option('--all', 'all there are, as they come')
}

function roleOption(does: string): Option {
  return new Option('--role <role>', does).choices(roles)
}
