import { Argument, Command, type CommanderError, InvalidArgumentError, Option } from 'commander'
import about from '../../../package.json' with { type: 'json' }
import { importSources } from '../app/import-sources/open-source.ts'
import { settingsHelp } from '../app/settings-docs.ts'
import { wholeNumber as wholeNumberReader } from '../app/settings-readers.ts'
import { type ExitCode, exitCodes, exitMeanings, UsageError } from './command.ts'
import { addKeeping } from './keeping-commands.ts'
import { addUsers } from './users-commands.ts'

const usersMax = 10_000_000
const seedMax = Number.MAX_SAFE_INTEGER

/** What a command says of itself. */
export interface CommandWords {
  readonly name: string
  /** What it does, in a few words: for the list of all commands. */
  readonly summary: string
  /** What it does, in whole sentences: for its own help. */
  readonly description: string
  /** What else one has to know, in Markdown that reads well as it is. */
  readonly more?: string
  /** Lines that somebody would type, each with what it does. */
  readonly examples: readonly (readonly [line: string, does: string])[]
  /** What comes out instead of an answer, where there is none: such a command has no `--json`. */
  readonly instead?: 'a log' | 'a script'
}

/** Runs what a command does, and keeps the code that it ends with. */
export type Run = (begin: () => Promise<ExitCode>) => Promise<void>

/** Adds a command to the line, or to a command that has commands of its own. */
export type Add = (words: CommandWords) => Command

const wordsOf = new WeakMap<Command, CommandWords>()
/** Which of the commands was typed wrongly. */
const blamed = new WeakMap<CommanderError, Command>()

export function commandWords(command: Command): CommandWords | null {
  return wordsOf.get(command) ?? null
}

/** All commands with words to type, in the order of the help. */
export function leavesOf(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf)
}

/** `users list`: without the name of the program. */
export function pathOf(command: Command): string {
  const above = command.parent
  return above?.parent ? `${pathOf(above)} ${command.name()}` : command.name()
}

/**
 * The tree of all commands, from which help, completion and docs/command-line.md are made. Each command is loaded when it is asked for: the server's
 * start waits for nothing that it does not need.
 */
export function commandLine(run: Run): Command {
  const program = new Command('roster')
    .description('A self-hosted directory of users.')
    .version(about.version, '--version', 'say which version this is')
    .helpOption('-h, --help', 'say what a command does')
    .configureHelp({ helpWidth: 100 })
    .exitOverride()
    // What goes wrong is thrown, and told by whoever runs the line.
    .configureOutput({ outputError: () => {} })
    .addHelpText('after', `\n${exitHelp()}\n\n\`npx roster help serve\` lists the settings.\n`)
  const add = adderTo(program)
  for (const [group, addGroup] of groups) {
    program.commandsGroup(`${group}:`)
    addGroup(add, run)
  }
  program.helpCommand('help [command]', 'say what a command does')
  for (const command of leavesOf(program)) {
    if (commandWords(command)?.instead === undefined) command.option('--json', 'answer in JSON')
  }
  return program
}

/** `help users list` as the command that the words are about reads it: `users help list`. */
export function helpWords(words: readonly string[]): string[] {
  const [help, group, name, ...others] = words
  const isOfGroup = help === 'help' && group !== undefined && name !== undefined && !name.startsWith('-')
  return isOfGroup ? [group, help, name, ...others] : [...words]
}

/** Where to read what the command takes that was typed wrongly. */
export function pointerTo(error: CommanderError): string {
  const command = blamed.get(error)
  return command === undefined ? '`roster --help` says what there is.' : helpOn(command)
}

function helpOn(command: Command): string {
  return `\`roster help ${pathOf(command)}\` says what ${command.commands.length > 0 ? 'there is' : 'it takes'}.`
}

/** Options that the command cannot do without; whatever of them is missing is told at once. */
export function requiring(command: Command, options: readonly (readonly [flags: string, does: string])[]): Command {
  const required = options.map(([flags, does]) => new Option(flags, `${does} (required)`))
  for (const option of required) command.addOption(option)
  return command.hook('preAction', (_, acting) => {
    const missing = required.filter((option) => acting.getOptionValue(option.attributeName()) === undefined)
    if (missing.length === 0) return
    throw new UsageError(`Give ${missing.map(({ flags }) => flags).join(', ')}. ${helpOn(acting)}`)
  })
}

/** What adds commands to this one. */
export function adderTo(parent: Command): Add {
  return (words) => {
    const command = parent
      .command(words.name)
      .summary(words.summary)
      .description(words.description)
      .allowExcessArguments(false)
      .addHelpText('after', `\n${[...(words.more ? [words.more] : []), exampleHelp(words)].join('\n\n')}\n`)
      .exitOverride((error) => {
        blamed.set(error, command)
        throw error
      })
    wordsOf.set(command, words)
    return command
  }
}

function exampleHelp({ examples }: CommandWords): string {
  const lines = examples.map(([line, does]) => `  $ ${line}\n      ${does}`)
  return [examples.length === 1 ? 'Example:' : 'Examples:', ...lines].join('\n')
}

function exitHelp(): string {
  const lines = Object.entries(exitMeanings).map(
    ([name, means]) => `  ${String(exitCodes[name as keyof typeof exitCodes]).padEnd(5)}${means}`,
  )
  return ['Exit codes:', ...lines].join('\n')
}

const groups: readonly (readonly [title: string, add: (add: Add, run: Run) => void])[] = [
  ['Serving', addServing],
  ['People', addPeople],
  ['People of a server', addUsers],
  ['In and out', addInAndOut],
  ['Keeping', addKeeping],
  ['Help', addHelp],
]

function addServing(add: Add, run: Run): void {
  add({
    name: 'serve',
    summary: 'serve the directory',
    description: 'Serves the directory until it is told to stop (Ctrl-C, SIGTERM).',
    examples: [
      ['npx roster serve', 'serves on this machine, as `npm start` does'],
      ['NODE_ENV=production MASTER_KEY_FILE=/run/secrets/roster.key npx roster serve', 'serves in production'],
    ],
    instead: 'a log',
  })
    .addHelpText('after', () => `\n${settingsHelp()}`)
    .action(() => run(async () => (await import('./serve.ts')).serve(process.env)))

  add({
    name: 'migrate',
    summary: 'bring the schema up to date',
    description: 'Brings the schema of the database up to date and says what was done.',
    examples: [['npx roster migrate', 'takes the steps that an upgrade brought, without serving']],
  }).action((options) => run(async () => (await import('./migrate.ts')).migrate(process.env, options)))

  add({
    name: 'doctor',
    summary: 'say what is fine and what is not',
    description: 'Looks at settings, keys, database and users, changes nothing, and fails when something is broken.',
    examples: [['npx roster doctor --json', 'tells a program what wants attention']],
  }).action((options) => run(async () => (await import('./doctor.ts')).doctor(process.env, options)))
}

function addPeople(add: Add, run: Run): void {
  add({
    name: 'create-admin',
    summary: 'add an admin',
    description:
      'Adds an active admin, beside a running server as well. The password is asked for, twice, unless it comes on standard input.',
    examples: [
      ['npx roster create-admin', 'asks for everything'],
      ['npx roster create-admin --email ada@example.com --password-stdin < password', 'asks for nothing'],
    ],
  })
    .option('--email <address>', 'e-mail address to sign in with; asked for when it is left out')
    .option('--first-name <name>', 'first name')
    .option('--last-name <name>', 'last name')
    .option('--password-stdin', 'read the password from standard input')
    .action((options) => run(async () => (await import('./create-admin.ts')).createAdmin(process.env, options)))

  add({
    name: 'demo',
    summary: 'fill the directory with made-up people',
    description:
      'Adds plausible people in many scripts, beside a running server as well. They have no passwords. Refused in production.',
    examples: [['npx roster demo --users 1000', 'adds a thousand people']],
  })
    .requiredOption('--users <count>', 'how many people to add', wholeNumber(1, usersMax))
    .option(
      '--seed <number>',
      'the same seed gives the same people (default: by how many are there)',
      wholeNumber(0, seedMax),
    )
    .action((options) => run(async () => (await import('./demo.ts')).demo(process.env, options)))
}

function addInAndOut(add: Add, run: Run): void {
  add({
    name: 'import',
    summary: 'add users who were kept elsewhere',
    description:
      'Adds the users of a file, one a line, beside a running server as well; their password hashes may be of many forms, and are replaced when they sign in. A line that cannot be taken is told by its number, and the others are.',
    examples: [
      ['npx roster import people.csv --dry-run', 'says what would become of each line'],
      ['npx roster import people.ndjson --errors refused.ndjson', 'adds them, and writes down whom it refused and why'],
      [
        'npx roster import realm.json --from keycloak --role-map admin=realm-admin',
        'takes the users of a realm, and makes admins of those with a role of theirs',
      ],
      ['npx roster import users.ndjson --from auth0 --passwords hashes.ndjson', 'takes both exports of a tenant'],
      [
        'npx roster import users.json --from firebase --hash-config hash-config.txt',
        'takes a project, with the parameters that its console shows',
      ],
    ],
  })
    .argument('<file>', 'what to read, or - for standard input')
    .addOption(
      new Option('--format <format>', 'of the file (default: by how its name ends)').choices(['ndjson', 'csv']),
    )
    .addOption(new Option('--lines-at-once <n>').argParser(Number).hideHelp())
    .option('--from-start', 'begin with the first line again, though an import of this file ended too soon')
    .addOption(new Option('--from <product>', 'that wrote the file').choices(importSources))
    .option(
      '--role-map <ours=theirs>',
      'a role of the product and what it is here, as often as need be; whoever has none is a user',
      (pair: string, before: readonly string[] = []) => [...before, pair],
    )
    .option('--passwords <file>', "with --from auth0: the tenant's export of password hashes")
    .option('--hash-config <file>', "with --from firebase: the project's password hash parameters")
    .option('--dry-run', 'say what would become of each line, and add nobody')
    .option('--errors <file>', 'write down what was refused, and why, as NDJSON')
    .action((file, options) => run(async () => (await import('./import.ts')).importFile(process.env, file, options)))

  add({
    name: 'export',
    summary: 'write all users into a file',
    description:
      'Writes all users, or all that CSV can hold of them, into a file that `import` reads, beside a running server as well. With credentials it takes an admin who shows once more who they are.',
    examples: [
      ['npx roster export people.csv', 'writes a table for a spreadsheet'],
      [
        'npx roster export all.ndjson --with-credentials',
        'writes everything that another directory needs to take over',
      ],
    ],
  })
    .argument('<file>', 'what to write, or - for standard output')
    .addOption(
      new Option('--format <format>', 'of the file (default: by how its name ends)').choices(['ndjson', 'csv']),
    )
    .option('--with-credentials', 'with password hashes and, in NDJSON, second factors')
    .option('--email <address>', 'of the admin who asks for credentials')
    .option('--password-stdin', 'read the password of that admin from standard input')
    .option('--code <code>', 'of that admin’s authenticator app, or a recovery code')
    .option('--force', 'write over a file that is there')
    .action((file, options) => run(async () => (await import('./export.ts')).exportFile(process.env, file, options)))
}

function addHelp(add: Add, run: Run): void {
  add({
    name: 'completion',
    summary: 'have a shell complete commands and options',
    description:
      "Writes what a shell has to read to complete commands, options and their choices, behind the word roster: have it on the PATH, or say alias roster='npx roster'.",
    examples: [
      ['eval "$(npx roster completion bash)"', 'completes in this shell; the same line in ~/.bashrc does in all'],
      ['source <(npx roster completion zsh)', 'the same in zsh, in ~/.zshrc behind compinit'],
      ['npx roster completion fish > ~/.config/fish/completions/roster.fish', 'the same in fish, for good'],
    ],
    instead: 'a script',
  })
    .addArgument(new Argument('<shell>', 'that is to complete').choices(['bash', 'zsh', 'fish']))
    .action((shell, _, command: Command) =>
      run(async () => (await import('./completion.ts')).complete(command.parent ?? command, shell)),
    )
}

export function wholeNumber(min: number, max: number): (text: string) => number {
  const read = wholeNumberReader(min, max)
  return (text) => {
    const found = read(text)
    if ('value' in found) return found.value
    throw new InvalidArgumentError(`Give ${found.expected}.`)
  }
}
