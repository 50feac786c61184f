import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isEnabledFor } from '../../lib/segment/integrations.ts'

const names = ['UserEngage', 'User.com', '“User.com”'] as const

for (const [integrations, is] of [
  [undefined, true],
  [null, true],
  [{}, true],
  [{ All: true }, true],
  [{ All: false }, false],
  [{ All: null }, true],
  [{ All: 0 }, true],
  [{ Other: false }, true],
  [{ UserEngage: true, All: false }, true],
  [{ UserEngage: {}, All: false }, true],
  [{ UserEngage: { option: 1 } }, true],
  [{ UserEngage: false }, false],
  [{ UserEngage: false, All: true }, false],
  [{ UserEngage: false, 'User.com': true }, false],
  [{ UserEngage: null, All: false }, false],
  [{ UserEngage: null, 'User.com': true, All: false }, true],
  [{ 'User.com': true, All: false }, true],
  [{ 'User.com': false }, false],
  [{ 'User.com': false, '“User.com”': true }, true],
  [{ 'User.com': true, '“User.com”': false }, false],
  [{ 'User.com': true, '“User.com”': null, All: false }, false],
  [{ '“User.com”': undefined, 'User.com': false }, false],
  [{ userengage: false }, true],
  [{ UserEngage: 0 }, false],
  [{ UserEngage: '' }, false],
  [{ 'User.com': 0, All: true }, false],
] as const) {
  test(`integrations of ${JSON.stringify(integrations)} ${is ? 'enable' : 'disable'} the destination`, () => {
    assert.equal(isEnabledFor(names, integrations), is)
  })
}
