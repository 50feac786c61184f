import { AddToBag } from './add-to-bag.jsx'

export const metadata = { title: 'Canvas bag' }

export default function Bag() {
  return <AddToBag />
}
