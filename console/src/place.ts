/** Where this server's pages and the house contract are, as the server wrote it into the page: `''` for the root. */
const { root = '', api = '' } = document.documentElement.dataset

/** What stands before the path of every page. */
export const pagesRoot = root

/** The absolute address that the SDK asks. */
export const apiAddress = `${location.origin}${api}`
