import type { Step } from '../../http/collection.ts'

const triesMax = 40
const waitMs = 250

/** Looks for the newest mail to that address until it was sent: development keeps mail in a mailbox for admins, a second after what it is about. */
export function findMail(address: string): Step {
  return {
    operation: 'listMail',
    says: `Find the mail to ${address.replace('-{{run}}', '')}`,
    query: { limit: '100' },
    status: [200],
    after: [
      `const address = pm.variables.replaceIn(${JSON.stringify(address)})`,
      "const found = pm.response.json().data.find(({ to, state }) => to === address && state === 'sent')",
      "const tries = Number(pm.collectionVariables.get('tries') || 0)",
      `if (!found && tries < ${triesMax}) {`,
      "  pm.collectionVariables.set('tries', tries + 1)",
      `  setTimeout(() => {}, ${waitMs})`,
      '  pm.execution.setNextRequest(pm.info.requestId)',
      '} else {',
      "  pm.collectionVariables.set('tries', 0)",
      "  pm.test('it was sent', () => pm.expect(found).to.be.an('object'))",
      "  if (found) pm.collectionVariables.set('foundMail', found.id)",
      '}',
    ],
  }
}

/** Takes the token out of the link in the mail that was found. */
export const readLetter: Step = {
  operation: 'readMail',
  says: 'Take the link from it',
  params: { id: '{{foundMail}}' },
  status: [200],
  after: [
    'const link = /#token=([\\w-]+)/.exec(pm.response.json().data.text)',
    "pm.test('there is a link in it', () => pm.expect(link).to.be.an('array'))",
    "if (link) pm.collectionVariables.set('mailedToken', link[1])",
  ],
}
