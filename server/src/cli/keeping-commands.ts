import { type Add, adderTo, type Run } from './command-line.ts'

/** Whatever keeps the directory safe and its keys fresh. */
export function addKeeping(add: Add, run: Run): void {
  const rotate = adderTo(
    add({
      name: 'rotate-keys',
      summary: 'change the master key, or the key that signs tokens',
      description: 'Changes keys, beside a running server as well, which goes on.',
      examples: [['npx roster help rotate-keys', 'says which keys there are']],
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
