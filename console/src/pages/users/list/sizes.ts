/** Of a row of the table, in pixels. */
export const rowHeight = 56
/** So many rows before the end of the first page the next one is asked for: it is for whoever scrolls, and not for whoever types on. */
export const firstNear = 8
