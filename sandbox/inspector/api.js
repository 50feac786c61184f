/** @import { ApiKey, App, AttributeDefinition, CompanyDetail, CompanyLine, ConditionNames } from '../api-types.ts' */
/** @import { Entry, EventDefinition, Fault, Part, Person, PersonDetail, UsedDefinition } from '../api-types.ts' */
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
  }
}
