/** @import { ApiKey, App, AttributeDefinition, CompanyDetail, CompanyLine, ConditionNames } from '../api-types.ts' */
/** @import { Entry, EventDefinition, Fault, Part, Person, PersonDetail, UsedDefinition } from '../api-types.ts' */
/** @import { ProductDetail, ProductLine, RestEntry, Scope, Token } from '../rest-types.ts' */
/** @import { RestFault } from '../rules/rest-fault.ts' */
/** @import { RestSwitches } from '../rules/rest-switches.ts' */
import { requestJson } from './request.js'

/** @typedef {ReturnType<typeof createApi>} Api */

/** @returns {Promise<App[]>} */
export const fetchApps = () => requestJson('/api/sandbox/apps')

/**
 * The requests of the inspector about one app.
 *
 * @param {App} app
 */
export function createApi(app) {
  const own = `/api/sandbox/apps/${encodeURIComponent(app.id)}`
  /**
   * @param {string} name
   * @param {URLSearchParams | Record<string, string>} query
   */
  const part = (name, query) => requestJson(`${own}/inspector/${name}?${new URLSearchParams(query)}`)

  return {
    streamUrl: `${own}/stream`,
    /** @returns {Promise<Entry[]>} */
    newestMessages: (/** @type {number} */ limit) => requestJson(`${own}/messages?newest=${limit}`),
    /** @returns {Promise<Entry[]>} */
    messageAfter: (/** @type {number} */ id) => requestJson(`${own}/messages?after=${id}&limit=1`),
    /** @returns {Promise<Entry[]>} */
    messagesBefore: (/** @type {number} */ id, /** @type {number} */ limit) =>
      part('messages', { before: String(id), limit: String(limit) }),

    /** @returns {Promise<RestEntry[]>} */
    newestRequests: (/** @type {number} */ limit) => requestJson(`${own}/rest/requests?newest=${limit}`),
    /** @returns {Promise<RestEntry[]>} */
    requestAfter: (/** @type {number} */ id) => requestJson(`${own}/rest/requests?after=${id}&limit=1`),
    /** @returns {Promise<RestEntry[]>} */
    requestsBefore: (/** @type {number} */ id, /** @type {number} */ limit) =>
      part('requests', { before: String(id), limit: String(limit) }),

    /** @returns {Promise<Part<Person>>} */
    people: (/** @type {URLSearchParams} */ query) => part('profiles', query),
    /** @returns {Promise<ConditionNames>} */
    conditionNames: () => part('conditions', {}),
    /** @returns {Promise<PersonDetail>} */
    person: (/** @type {string} */ id) => part('profile', { id }),
    /** @returns {Promise<Part<CompanyLine>>} */
    companies: (/** @type {URLSearchParams} */ query) => part('companies', query),
    /** @returns {Promise<CompanyDetail>} */
    company: (/** @type {string} */ id) => part('company', { id }),
    /** @returns {Promise<Part<ProductLine>>} */
    products: (/** @type {URLSearchParams} */ query) => part('products', query),
    /** @returns {Promise<ProductDetail>} */
    product: (/** @type {string} */ id) => part('product', { id }),

    /** @returns {Promise<EventDefinition[]>} */
    events: () => requestJson(`${own}/events`),
    defineEvent: (/** @type {string} */ name) =>
      requestJson(`${own}/events`, { method: 'POST', body: { name } }),
    /** @returns {Promise<UsedDefinition[]>} */
    attributes: (/** @type {string} */ type) => part('attributes', { content_type: type }),
    defineAttribute: (/** @type {AttributeDefinition} */ definition) =>
      requestJson(`${own}/attributes`, { method: 'POST', body: definition }),

    /** @returns {Promise<ApiKey[]>} */
    keys: () => requestJson(`${own}/keys`),
    /** @returns {Promise<ApiKey>} */
    generateKey: () => requestJson(`${own}/keys`, { method: 'POST' }),
    revokeKey: (/** @type {string} */ key, /** @type {boolean} */ revoked) =>
      requestJson(`${own}/key`, { method: 'PUT', body: { key, revoked } }),
    /** @returns {Promise<Token[]>} */
    tokens: () => requestJson(`${own}/rest/tokens`),
    /** @returns {Promise<Token>} */
    generateToken: (/** @type {Scope} */ scope) =>
      requestJson(`${own}/rest/tokens`, { method: 'POST', body: { scope } }),
    /** @returns {Promise<RestSwitches>} */
    switches: () => requestJson(`${own}/rest`),
    setSwitches: (/** @type {Partial<RestSwitches>} */ body) =>
      requestJson(`${own}/rest`, { method: 'PUT', body }),
    /** @returns {Promise<string[]>} */
    domains: () => requestJson(`${own}/domains`),
    /** @returns {Promise<string[]>} */
    trust: (/** @type {string[]} */ domains) =>
      requestJson(`${own}/domains`, { method: 'PUT', body: domains }),

    /** @returns {Promise<Fault[]>} */
    faults: () => requestJson(`${own}/faults`),
    /** @returns {Promise<Fault[]>} */
    addFault: (/** @type {Fault} */ fault) => requestJson(`${own}/faults`, { method: 'POST', body: [fault] }),
    /** @returns {Promise<Fault[]>} */
    clearFaults: () => requestJson(`${own}/faults`, { method: 'PUT', body: [] }),
    /** @returns {Promise<RestFault[]>} */
    restFaults: () => requestJson(`${own}/rest/faults`),
    /** @returns {Promise<RestFault[]>} */
    addRestFault: (/** @type {RestFault} */ fault) =>
      requestJson(`${own}/rest/faults`, { method: 'POST', body: [fault] }),
    /** @returns {Promise<RestFault[]>} */
    clearRestFaults: () => requestJson(`${own}/rest/faults`, { method: 'PUT', body: [] }),
  }
}
