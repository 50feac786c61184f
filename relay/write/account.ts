import type { CheckedOptions } from '../checked-options.ts'
import type { Store } from '../delivery/ports.ts'
import { createRecent, type Recent } from '../recent.ts'
import { createDefinitions, type Definitions } from './definitions.ts'

/** What the relay knows of the account, and how it is to be written. What is remembered only saves calls. */
export interface Account
  extends Pick<CheckedOptions, 'contextAttributes' | 'pageViews' | 'siteViews' | 'products' | 'stitch'> {
  store: Store
  /** Of this account in the store. */
  keyOf(purpose: string, id: string): Promise<string>
  definitions: Definitions
  /** What pages have written last, by the user's id. */
  writtenContexts: Recent<string>
  /** REST's own ids and keys of users, by the customer's. */
  userKeys: Recent<string>
  tell(sentence: string): void
}

const remembered = 10_000

export function createAccount(
  options: CheckedOptions,
  store: Store,
  keyOf: Account['keyOf'],
  tell: Account['tell'],
): Account {
  const { contextAttributes, pageViews, siteViews, products, stitch, attributes } = options
  return {
    ...{ contextAttributes, pageViews, siteViews, products, stitch, store, keyOf, tell },
    definitions: createDefinitions(attributes, contextAttributes.values(), tell),
    writtenContexts: createRecent(remembered),
    userKeys: createRecent(remembered),
  }
}
