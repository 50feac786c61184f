import { homepage } from '../../package.json'

/** Where somebody finds a page of the documentation, by its name in docs/ and, after `#`, a heading. */
export const docsAddress = (page: string): string => `${homepage.replace(/#.*/, '')}/blob/main/docs/${page}`
