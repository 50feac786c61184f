import Link from 'next/link'

export default function Shop() {
  return (
    <>
      <h1>A shop</h1>
      <Link href="/bag">Canvas bag</Link>
    </>
  )
}
