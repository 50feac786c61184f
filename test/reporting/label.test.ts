import assert from 'node:assert/strict'
import { test } from 'node:test'
import { labelOf, type Named } from '../../lib/reporting/label.ts'

for (const [message, label] of [
  [
    { type: 'track', event: 'Signed Up', messageId: 'ajs-next-1716-1f0c', userId: 'ada' },
    '#1f0c track "Signed Up" (ada)',
  ],
  [
    { type: 'track', event: 'Said "no"\nand left', messageId: 'm' },
    '#m track "Said \\"no\\"\\nand left" (anonymous)',
  ],
  [{ type: 'identify', messageId: 'abcdef', userId: 'ada' }, '#cdef identify (ada)'],
  [{ type: 'group', messageId: 12, groupId: 'acme', userId: 7 }, '#12 group "acme" (7)'],
  [
    { type: 'page', messageId: 'p123', name: 'Home', properties: { path: '/' } },
    '#p123 page "Home" (anonymous)',
  ],
  [{ type: 'page', messageId: 'p123', properties: { path: '/bag' } }, '#p123 page /bag (anonymous)'],
  [{ type: 'page', messageId: 'p123' }, '#p123 page (anonymous)'],
] as const satisfies [Named, string][]) {
  test(`a message is called ${label}`, () => assert.equal(labelOf(message), label))
}
