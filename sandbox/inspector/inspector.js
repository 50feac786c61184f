/** @import { App } from '../api-types.ts' */
/** @import { Logged } from './log.js' */
import { createApi } from './api.js'
import { createAppSwitch } from './app-switch.js'
import { createCompanyView } from './company-view.js'
import { shopHref } from './connect-card.js'
import { createConnection } from './connection.js'
import { debounced } from './debounced.js'
import { element } from './element.js'
import { createEventView } from './event-view.js'
import { createLog } from './log.js'
import { createMessageView } from './message-view.js'
import { createNavigation } from './navigation.js'
import { createProductView } from './product-view.js'
import { createProfileView } from './profile-view.js'
import { parseRoute, sections } from './route.js'
import { createSettingsView } from './settings-view.js'
import { openStream } from './stream.js'

/** The number of messages, and of REST requests, with which the page begins, and of later ones that it keeps. */
const loaded = 500
const keptLater = 500

/**
 * Connects the views to the URL and to the live messages of one app.
 *
 * @param {App} app
 * @param {App[]} apps
 * @param {HTMLElement} main
 */
export async function startInspector(app, apps, main) {
  const api = createApi(app)
  const log = createLog(keptLater)
  const views = {
    messages: createMessageView({ app, api, log }),
    profiles: createProfileView({ app, api }),
    events: createEventView({ app, api }),
    companies: createCompanyView({ app, api }),
    products: createProductView({ app, api }),
    settings: createSettingsView({ app, api }),
  }
  const navigation = createNavigation()
  const connection = createConnection()
  const refreshSoon = debounced(300, () => {
    const { section } = parseRoute(location.hash)
    if (section !== 'messages') views[section].refresh()
  })

  function showPlace() {
    const { section, key, query } = parseRoute(location.hash)
    for (const name of sections) views[name].element.hidden = name !== section
    navigation.mark(section)
    document.title = `${key ?? navigation.titleOf(section)} · ${app.name} · UserEngage sandbox`
    views[section].show(key, query)
  }

  const [messages, requests] = await Promise.all([api.newestMessages(loaded), api.newestRequests(loaded)])
  log.messages.addOlder(messages, messages.length < loaded)
  log.requests.addOlder(requests, requests.length < loaded)
  document.getElementById('sections')?.replaceChildren(navigation.element)
  document
    .getElementById('tools')
    ?.replaceChildren(
      createAppSwitch(app, apps),
      element('a', { href: shopHref(app) }, 'Visit the shop'),
      connection.element,
    )
  main.replaceChildren(...sections.map((name) => views[name].element))
  window.addEventListener('hashchange', showPlace)
  showPlace()

  /** @param {Logged | undefined} logged */
  function arrived(logged) {
    if (!logged) return
    views.messages.arrived(logged)
    refreshSoon()
  }
  openStream(api.streamUrl, log.lastIds, {
    onMessage: (entry) => arrived(log.messages.add(entry)),
    onRequest: (entry) => arrived(log.requests.add(entry)),
    onState: connection.set,
  })
}
