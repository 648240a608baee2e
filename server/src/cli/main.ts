import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import about from '../../../package.json' with { type: 'json' }
import { explain, ownFaults } from '../app/faults.ts'
import { faultFields } from '../app/log.ts'
import { settingsHelp } from '../app/settings-docs.ts'
import { complain, type ExitCode, exitCodes, UsageError } from './command.ts'

const usersMax = 10_000_000
const seedMax = Number.MAX_SAFE_INTEGER

const ended = { code: exitCodes.ok as ExitCode }
try {
  await commandLine().parseAsync()
} catch (thrown) {
  ended.code = tell(thrown)
}
process.exitCode = ended.code

/** Each command is loaded when it is asked for: the server's start waits for nothing that it does not need. */
function commandLine(): Command {
  const program = new Command('roster')
    .description('A self-hosted directory of users.')
    .version(about.version, '--version', 'say which version this is')
    .helpOption('-h, --help', 'say what a command does')
    .helpCommand('help [command]', 'say what a command does')
    .configureOutput({ outputError: (text, write) => write(`${sentence(text)}\n`) })
    .exitOverride()
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failed, 2 wrong usage or settings.\n`roster serve --help` lists the settings.',
    )
  const command = (name: string, summary: string, description: string) =>
    program.command(name).summary(summary).description(description).allowExcessArguments(false)

  command('serve', 'serve the directory', 'Serves the directory until it is told to stop (Ctrl-C, SIGTERM).')
    .addHelpText('after', () => `\n${settingsHelp()}`)
    .action(() => end(async () => (await import('./serve.ts')).serve(process.env)))

  command(
    'migrate',
    'bring the schema up to date',
    'Brings the schema of the database up to date and says what was done.',
  )
    .option('--json', 'answer in JSON')
    .action((options) => end(async () => (await import('./migrate.ts')).migrate(process.env, options)))

  command(
    'doctor',
    'say what is fine and what is not',
    'Looks at settings, keys, database and users, changes nothing, and fails when something is broken.',
  )
    .option('--json', 'answer in JSON')
    .action((options) => end(async () => (await import('./doctor.ts')).doctor(process.env, options)))

  addPeopleCommands(command)
  return program
}

/** Whatever adds people. */
function addPeopleCommands(command: (name: string, summary: string, description: string) => Command): void {
  command(
    'create-admin',
    'add an admin',
    'Adds an active admin, beside a running server as well. The password is asked for, twice, unless it comes on standard input.',
  )
    .option('--email <address>', 'e-mail address to sign in with; asked for when it is left out')
    .option('--first-name <name>', 'first name')
    .option('--last-name <name>', 'last name')
    .option('--password-stdin', 'read the password from standard input')
    .option('--json', 'answer in JSON')
    .action((options) => end(async () => (await import('./create-admin.ts')).createAdmin(process.env, options)))

  command(
    'import',
    'add users who were kept elsewhere',
    'Adds the users of a file, one a line, beside a running server as well; their password hashes may be of many forms, and are replaced when they sign in. A line that cannot be taken is told by its number, and the others are.',
  )
    .argument('<file>', 'what to read, or - for standard input')
    .addOption(
      new Option('--format <format>', 'of the file (default: by how its name ends)').choices(['ndjson', 'csv']),
    )
    .option('--dry-run', 'say what would become of each line, and add nobody')
    .option('--errors <file>', 'write down what was refused, and why, as NDJSON')
    .option('--json', 'answer in JSON')
    .action((file, options) => end(async () => (await import('./import.ts')).importFile(process.env, file, options)))

  command(
    'demo',
    'fill the directory with made-up people',
    'Adds plausible people in many scripts, beside a running server as well. They have no passwords. Refused in production.',
  )
    .requiredOption('--users <count>', 'how many people to add', wholeNumber(1, usersMax))
    .option(
      '--seed <number>',
      'the same seed gives the same people (default: by how many are there)',
      wholeNumber(0, seedMax),
    )
    .option('--json', 'answer in JSON')
    .action((options) => end(async () => (await import('./demo.ts')).demo(process.env, options)))
}

async function end(run: () => Promise<ExitCode>): Promise<void> {
  ended.code = await run()
}

/** Says what went wrong: in a sentence where the operator can do something about it, else for a report of a bug. */
function tell(thrown: unknown): ExitCode {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  if (thrown instanceof UsageError) {
    complain(thrown.message)
    return exitCodes.usage
  }
  complain(explain(thrown) ?? `This is a fault of Roster:\n${JSON.stringify(faultFields(thrown, ownFaults), null, 2)}`)
  return exitCodes.failed
}

function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
    if (value >= min && value <= max) return value
    throw new InvalidArgumentError(`Give a whole number from ${min} to ${max}.`)
  }
}

/** `error: unknown command 'serv'` and what follows, as a sentence. */
function sentence(text: string): string {
  const said = text
    .trim()
    .replace(/^error: /, '')
    .split('\n')
    .map((line) => line.replace(/^\((.*)\)$/, '$1'))
    .join('. ')
  const ended = /[.?]$/.test(said) ? said : `${said}.`
  return `${ended.charAt(0).toUpperCase()}${ended.slice(1)} \`roster --help\` says what there is.`
}
