import { createRoot } from 'react-dom/client'
import { BrowserRouter, Link, Route, Routes, useParams } from 'react-router'
import { analytics } from './analytics.js'

const bags = { canvas: 'Canvas bag' }

const Shop = () => (
  <>
    <title>A shop</title>
    <h1>A shop</h1>
    <Link to="/bags/canvas">{bags.canvas}</Link>
  </>
)

function Bag() {
  const { id } = useParams()
  return (
    <>
      <title>{bags[id]}</title>
      <h1>{bags[id]}</h1>
      <button type="button" onClick={() => analytics.track('Product Added', { product_id: id })}>
        Add to bag
      </button>
      <Link to="/">Back</Link>
    </>
  )
}

createRoot(document.getElementById('root')).render(
  <BrowserRouter>
    <Routes>
      <Route path="/" element={<Shop />} />
      <Route path="/bags/:id" element={<Bag />} />
    </Routes>
  </BrowserRouter>,
)
