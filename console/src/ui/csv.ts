/** A table as CSV (RFC 4180) of which a spreadsheet runs nothing: what it would take for a formula is marked, and an import takes the mark away. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map((text) => quoted(text.replace(formula, "'"))).join(',')}\r\n`).join('')
}

/** Before whatever begins a formula, wherever a spreadsheet could begin a cell (CWE-1236). */
const formula = /(?<=^|[;|\t\r\n])(?=[\s"\p{Default_Ignorable_Code_Point}]*['=+\-@＝＋－＠\t\r])/gu

/** What stood in a cell before it was marked. A mark that means something of its own stays. */
export function unmarked(cell: string): string {
  return cell.replace(mark, '')
}

const mark = /(?<=^|[;|\t\r\n])'(?=[\s"\p{Default_Ignorable_Code_Point}]*['=+\-@＝＋－＠\t\r])/gu

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
