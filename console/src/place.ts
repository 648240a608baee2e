/** Where this server's pages and the house contract are, as the server wrote it into the page: `''` for the root. */
const { root = '', api = '', pictures = '' } = document.documentElement.dataset

/** What stands before the path of every page. */
export const pagesRoot = root

/** The absolute address that the SDK asks. */
export const apiAddress = `${location.origin}${api}`

/** Where pictures that were uploaded come from: here, or the origin of the server's public address, by whatever name the page was opened. */
export const pictureOrigins: readonly string[] = [location.origin, pictures || location.origin]
