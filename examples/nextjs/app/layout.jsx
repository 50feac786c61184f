import { Tracking } from './analytics.js'

export const metadata = { title: 'A shop', icons: { icon: 'data:,' } }

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>
        <Tracking />
        {children}
      </body>
    </html>
  )
}
