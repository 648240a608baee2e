import { type Add, adderTo, type Run } from './command-line.ts'

/** Whatever keeps the directory safe and its keys fresh. */
export function addKeeping(add: Add, run: Run): void {
  addBackups(add, run)
  addKeys(add, run)
}

function addBackups(add: Add, run: Run): void {
  add({
    name: 'backup',
    summary: 'make a backup',
    description:
      'Makes an encrypted backup of the directory as it is at one instant, beside a running server as well, which goes on. It opens with the master key of now, which is not in it.',
    examples: [
      ['npx roster backup /var/backups/roster', 'makes one in this folder, called by the time'],
      ['npx roster backup before-the-upgrade', 'makes one of this name'],
    ],
  })
    .argument('<folder>', 'one that is there, to put the backup in; or the name it shall have')
    .action((folder, options) => run(async () => (await import('./backup.ts')).backup(process.env, folder, options)))

  add({
    name: 'restore',
    summary: 'take a backup back',
    description:
      'Puts a backup in the place of a directory, while no server runs. Nothing is touched before the backup is found whole and the keys fit. Whoever was erased since is erased again, and all sessions, API tokens and mailed links are over.',
    examples: [
      ['npx roster restore /var/backups/roster/roster-2026-01-05T090000Z', 'into an empty DATA_DIR or database'],
      ['npx roster restore before-the-upgrade --replace', 'moves aside what is there'],
    ],
  })
    .argument('<backup>', 'the folder that `backup` made')
    .option('--replace', 'move aside the directory that is there; nothing is deleted')
    .option('--backup-key-file <file>', 'holds the master key that the backup was made under, if it is not that of now')
    .option('--erased <file>', 'ids of more people who were erased, one a line, as in erased.ids')
    .option('--keep-api-tokens', 'let API tokens of the backup go on')
    .action((from, options) => run(async () => (await import('./restore.ts')).restore(process.env, from, options)))
}

function addKeys(add: Add, run: Run): void {
  const rotate = adderTo(
    add({
      name: 'rotate-keys',
      summary: 'change the master key, or the key that signs tokens',
      description:
        'Changes the master key, under which the directory opens, or the key that signs access tokens, beside a running server as well, which goes on.',
      examples: [
        ['npx roster rotate-keys signing --revoke', 'after a signing key has leaked'],
        ['npx roster rotate-keys master --generate /etc/roster/master-2.key', 'after a master key has leaked'],
      ],
    }),
  )

  rotate({
    name: 'master',
    summary: 'wrap the directory under another master key',
    description:
      'Wraps the directory key under another master key, beside a running server as well. The next start needs that one; nothing else changes. No key is printed.',
    examples: [
      ['npx roster rotate-keys master --generate /etc/roster/master-2.key', 'makes a key and changes to it'],
      ['npx roster rotate-keys master --new-key-file /run/secrets/roster.key', 'changes to a key that is there'],
    ],
  })
    .option('--new-key-file <file>', 'holds the new master key: 32 bytes in base64 or hexadecimal')
    .option('--generate <file>', 'make a new master key in this file, which must not be there')
    .action((options) => run(async () => (await import('./rotate-keys.ts')).rotateMaster(process.env, options)))

  rotate({
    name: 'signing',
    summary: 'have a new key sign access tokens',
    description:
      'Has a new key sign access tokens, on every node at once. What older keys have signed is good until it expires.',
    examples: [
      ['npx roster rotate-keys signing', 'replaces the key; nobody notices'],
      ['npx roster rotate-keys signing --revoke', 'voids what the older keys have signed, as after one has leaked'],
    ],
  })
    .option('--revoke', 'void at once whatever older keys have signed')
    .action((options) => run(async () => (await import('./rotate-keys.ts')).rotateSigning(process.env, options)))
}
