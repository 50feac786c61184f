import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostName, isTrusted } from '../rules/trust.ts'

const trusted: [origin: string | undefined, domains: string[], trusted: boolean][] = [
  ['https://anything.example', [], true],
  ['https://shop.example', ['shop.example'], true],
  ['http://shop.example:8080', ['shop.example'], true],
  ['https://www.shop.example', ['shop.example'], true],
  ['https://workshop.example', ['shop.example'], false],
  ['https://example', ['shop.example'], false],
  ['https://shop.example.evil.example', ['shop.example'], false],
  ['https://b.example', ['a.example', 'b.example'], true],
  [undefined, ['shop.example'], true],
  ['null', ['shop.example'], false],
  ['nonsense', ['shop.example'], false],
]
for (const [origin, domains, expected] of trusted) {
  test(`${origin ?? 'no origin'} is ${expected ? '' : 'not '}trusted by [${domains}]`, () => {
    assert.equal(isTrusted(origin, domains), expected)
  })
}

const hostNames: [given: unknown, name: string | undefined][] = [
  ['shop.example', 'shop.example'],
  ['Shop.EXAMPLE', 'shop.example'],
  ['żółw.example', 'xn--w-uga1v8h.example'],
  ['https://shop.example', undefined],
  ['shop.example:80', undefined],
  ['shop.example/path', undefined],
  ['*.shop.example', undefined],
  ['', undefined],
  [5, undefined],
]
for (const [given, name] of hostNames) {
  test(`${JSON.stringify(given)} as a trusted domain is ${name ?? 'refused'}`, () => {
    assert.equal(hostName(given), name)
  })
}
