/**
 * @typedef {{
 *   product_id: string, sku: string, name: string, category: string, price: number, line: string, story: string,
 * }} Product
 */

/** @type {Product[]} */
export const catalogue = [
  {
    product_id: 'pot',
    sku: 'SM-POT-3',
    name: 'Otto moka pot',
    category: 'Kitchen',
    price: 34,
    line: 'Gurgles at exactly the right moment',
    story: 'Three cups, one handle, no buttons. Otto has one opinion about coffee and it is the right one.',
  },
  {
    product_id: 'mug',
    sku: 'SM-MUG-RED',
    name: 'Second mug',
    category: 'Kitchen',
    price: 16,
    line: 'For when the first one was not enough',
    story: 'Thick stoneware that keeps warm through two pages of anything. The handle fits a whole hand.',
  },
  {
    product_id: 'beans',
    sku: 'SM-BEAN-250',
    name: 'Sunday beans',
    category: 'Pantry',
    price: 12.5,
    line: 'Also legal on weekdays',
    story: 'Hazelnut, a little orange, no ambition. Roasted on Thursdays by a man called Piotr.',
  },
  {
    product_id: 'lamp',
    sku: 'SM-LAMP-Y',
    name: 'Half-past-six lamp',
    category: 'Home',
    price: 58,
    line: 'Sunrise, without getting up for it',
    story: 'Comes on slowly, like a polite sun. Goes off when you finally put the book down.',
  },
  {
    product_id: 'plant',
    sku: 'SM-PLANT-M',
    name: 'Gerald',
    category: 'Home',
    price: 22,
    line: 'A plant. Listens well',
    story: 'Needs water on Saturdays and to be told about the week. Has never once checked a phone.',
  },
  {
    product_id: 'radio',
    sku: 'SM-RADIO-1',
    name: 'One-station radio',
    category: 'Home',
    price: 76,
    line: 'The other stations were worse',
    story: 'A single knob, for volume. Jazz until eleven, then the weather for a lake you have never seen.',
  },
]

const euros = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' })

/** @param {number} amount */
export const money = (amount) => euros.format(amount)
