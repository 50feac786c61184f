'use client'

import { track } from '../analytics.js'

export function AddToBag() {
  return (
    <button type="button" onClick={() => track('Product Added', { product_id: 'canvas' })}>
      Add to bag
    </button>
  )
}
