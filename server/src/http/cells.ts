/** What has a spreadsheet take a cell for a formula (CWE-1236), also in full width; and the mark itself, so that it can be told from one of ours. */
const starters = new Set("'=+-@＝＋－＠\t\r")
/** What may begin a cell: a spreadsheet of another language separates by semicolons, and knows no quotes that begin within a cell. */
const seams = new Set(';|\t\r\n')
const passedOver = /[\s"\p{Default_Ignorable_Code_Point}]/u
const mark = "'"

/**
 * The text as a cell of CSV that no spreadsheet runs: wherever a cell could begin with what it would run, whatever it passes over before, stands a
 * mark, which shows that what follows is text.
 */
export function defused(text: string): string {
  const begins = beginsFormula(text)
  if (!begins.includes(true)) return text
  let cell = ''
  for (let at = 0; at < text.length; at += 1) cell += `${isSeam(text, at) && begins[at] ? mark : ''}${text[at]}`
  return cell
}

/** What `defused` made a cell of. A mark that means something of its own stays. */
export function restored(cell: string): string {
  if (!cell.includes(mark)) return cell
  const begins = beginsFormula(cell)
  let text = ''
  for (let at = 0; at < cell.length; at += 1)
    if (cell[at] !== mark || !isSeam(cell, at) || !begins[at + 1]) text += cell[at]
  return text
}

/** For each place whether a cell that began there would be run; found from behind, in one pass. */
function beginsFormula(text: string): boolean[] {
  const begins = new Array<boolean>(text.length).fill(false)
  let follows = false
  for (let at = text.length - 1; at >= 0; at -= 1) {
    const character = text[at] ?? ''
    follows = starters.has(character) || (follows && passedOver.test(character))
    begins[at] = follows
  }
  return begins
}

function isSeam(text: string, at: number): boolean {
  return at === 0 || seams.has(text[at - 1] ?? '')
}
