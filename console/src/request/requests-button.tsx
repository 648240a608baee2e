/** “As a request”: opens what the page asked of the server, as curl, TypeScript and Python. */
export function RequestsButton() {
  return null
}
