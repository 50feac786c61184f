import Link from 'next/link'

export default function Shop() {
  return <Link href="/bag">Canvas bag</Link>
}
