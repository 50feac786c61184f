/** @typedef {{ userId: string, firstName: string }} Customer */
/** @typedef {{ customer: Customer | null, company: string | null, bag: Record<string, number>, cartId: string }} VisitState */
/** @typedef {ReturnType<typeof createVisit>} Visit */

/**
 * The state of a visit. It survives a reload if the browser allows storage.
 *
 * @param {string} app every app of the sandbox has visitors of its own
 */
export function createVisit(app) {
  const place = `slow-morning:${app}`
  /** @type {VisitState} */
  const state = { ...fresh(), ...remembered(place) }

  return {
    state,
    /** @param {Partial<VisitState>} change */
    set(change) {
      Object.assign(state, change)
      remember(place, state)
    },
    /** @param {string} productId @param {number} quantity */
    put(productId, quantity) {
      const { [productId]: had = 0, ...others } = state.bag
      const bag = had + quantity > 0 ? { ...others, [productId]: had + quantity } : others
      this.set({ bag })
    },
    forget() {
      this.set(fresh())
    },
    count: () => Object.values(state.bag).reduce((sum, quantity) => sum + quantity, 0),
  }
}

/** @returns {VisitState} */
const fresh = () => ({ customer: null, company: null, bag: {}, cartId: newId('cart') })

/** A short id, easy to read. @param {string} prefix */
export const newId = (prefix) =>
  `${prefix}-${Date.now().toString(36)}${Math.floor(Math.random() * 1296).toString(36)}`

/** @param {string} place */
function remembered(place) {
  try {
    return JSON.parse(localStorage.getItem(place) ?? '{}')
  } catch {
    return {}
  }
}

/** @param {string} place @param {VisitState} state */
function remember(place, state) {
  try {
    localStorage.setItem(place, JSON.stringify(state))
  } catch {
    // Storage is forbidden or full: the visit lasts as long as the page.
  }
}
