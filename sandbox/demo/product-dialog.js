/** @import { Product } from './catalogue.js' */
import { element } from '../inspector/element.js'
import { money } from './catalogue.js'
import { drawing } from './drawing.js'

/** The dialog with the details of a product. @param {(product: Product) => void} add */
export function createProductDialog(add) {
  const dialog = element('dialog', { 'aria-labelledby': 'product-name', 'data-testid': 'product-dialog' })
  // The dialog itself is the target only of clicks beside its contents: on the backdrop.
  dialog.addEventListener('click', ({ target }) => target === dialog && dialog.close())
  document.body.append(dialog)

  /** @param {Product} product */
  return (product) => {
    const { product_id, name, category, story, price } = product
    dialog.replaceChildren(
      element(
        'div',
        { class: 'closer' },
        element('div', { class: `picture ${product_id}` }, drawing(product_id)),
        element(
          'div',
          { class: 'words' },
          element('p', { class: 'category' }, category),
          element('h2', { id: 'product-name' }, name),
          element('p', {}, story),
          element('p', { class: 'price' }, money(price)),
          element(
            'div',
            { class: 'actions' },
            element('button', { type: 'button', class: 'main', click: addAndClose }, 'Add to bag'),
            element('button', { type: 'button', click: () => dialog.close() }, 'Close'),
          ),
        ),
      ),
    )
    dialog.showModal()

    function addAndClose() {
      add(product)
      dialog.close()
    }
  }
}
