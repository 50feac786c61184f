/** @import { Product } from './catalogue.js' */
import { bagView } from './bag-view.js'
import { createCallStrip } from './call-strip.js'
import { orderProperties, productProperties } from './ecommerce.js'
import { menu, viewAt } from './menu.js'
import { createProductDialog } from './product-dialog.js'
import { createRecorder } from './recorder.js'
import { shopView } from './shop-view.js'
import { createVisit, newId } from './visit.js'
import { youView } from './you-view.js'

const [main, nav, strip] = ['main', 'menu', 'calls'].map(
  (id) => /** @type {HTMLElement} */ (document.getElementById(id)),
)
const visit = createVisit(document.documentElement.dataset.app ?? '')
const call = createRecorder(createCallStrip(/** @type {HTMLElement} */ (strip)))
const openDialog = createProductDialog(add)
/** @type {string | null} */
let orderId = null

/** @param {Product} product */
function look(product) {
  call('track', 'Product Viewed', productProperties(product))
  openDialog(product)
}

/** @param {Product} product */
function add(product) {
  call('track', 'Product Added', { cart_id: visit.state.cartId, ...productProperties(product), quantity: 1 })
  visit.put(product.product_id, 1)
  orderId = null
  drawMenu()
}

/** @param {Product} product */
function remove(product) {
  call('track', 'Product Removed', {
    cart_id: visit.state.cartId,
    ...productProperties(product),
    quantity: 1,
  })
  visit.put(product.product_id, -1)
  draw()
}

function buy() {
  orderId = newId('order')
  call('track', 'Order Completed', orderProperties(orderId, visit.state))
  visit.set({ bag: {}, cartId: newId('cart') })
  draw()
}

/** @param {string} userId @param {Record<string, unknown>} traits */
function signUp(userId, traits) {
  call('identify', userId, traits)
  visit.set({ customer: { userId, firstName: String(traits.firstName) } })
  draw()
}

/** @param {string} groupId @param {Record<string, unknown>} traits */
function join(groupId, traits) {
  call('group', groupId, traits)
  visit.set({ company: String(traits.name) })
  draw()
}

function signOut() {
  call('reset')
  visit.forget()
  draw()
}

function draw() {
  const view = viewAt(location.hash)
  const made = {
    Shop: () => shopView({ view: look, add }),
    Bag: () => bagView(visit.state.bag, orderId, { buy, remove }),
    You: () => youView(visit.state, { signUp, join, signOut }),
  }
  const left = main?.contains(document.activeElement)
  main?.replaceChildren(made[view]())
  // The new view may lack the button that had the focus. Keyboard users continue at its beginning.
  if (left) main?.focus({ preventScroll: true })
  document.title = view === 'Shop' ? 'Slow Morning' : `${view} · Slow Morning`
  drawMenu()
}

function drawMenu() {
  nav?.replaceChildren(...menu(viewAt(location.hash), visit))
}

function enter() {
  draw()
  scrollTo(0, 0)
  call('page', viewAt(location.hash))
}

window.addEventListener('hashchange', enter)
enter()
