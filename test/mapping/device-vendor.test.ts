import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UAParser } from 'ua-parser-js'
import { deviceVendor } from '../../lib/mapping/device-vendor.ts'

for (const [model, vendor] of [
  ['SM-S918B', 'Samsung'],
  ['SM-X700', 'Samsung'],
  ['Pixel 9', 'Google'],
  ['Pixel 6a', 'Google'],
  ['Redmi Note 12', 'Xiaomi'],
  ['2201116SG', 'Xiaomi'],
  ['23049PCD8G', 'Xiaomi'],
  ['M2101K6G', 'Xiaomi'],
  ['POCO F3', 'Xiaomi'],
  ['moto g(60)', 'Motorola'],
  ['XT2125-4', 'Motorola'],
  ['KB2005', 'OnePlus'],
  ['LE2115', 'OnePlus'],
  ['CPH2449', 'OPPO'],
  ['CPH2219', 'OPPO'],
  ['RMX3085', 'Realme'],
  ['V2031', 'Vivo'],
  ['XQ-BC52', 'Sony'],
  ['SO-51B', 'Sony'],
  ['Nokia G20', 'Nokia'],
  ['VOG-L29', 'Huawei'],
  ['LM-G710', 'LG'],
  ['Lenovo TB-X606F', 'Lenovo'],
  ['ASUS_I006D', 'ASUS'],
  ['21081111RG', 'Xiaomi'],
  ['M2007J20CG', 'Xiaomi'],
  ['XT1068', 'Motorola'],
  ['BE2029', 'OnePlus'],
  ['IN2025', 'OnePlus'],
  ['vivo 1904', 'Vivo'],
  ['G8341', 'Sony'],
  ['H8216', 'Sony'],
  ['MAR-LX1A', 'Huawei'],
  ['ALI-NX1', 'Huawei'],
  ['ZenFone 8', 'ASUS'],
  ['QX7', undefined],
] as const) {
  test(`the maker of ${model} is ${vendor}, and ua-parser-js does not say otherwise`, () => {
    assert.equal(deviceVendor(model), vendor)
    const agent = `Mozilla/5.0 (Linux; Android 14; ${model}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36`
    assert.equal(new UAParser(agent).getDevice().vendor ?? vendor, vendor)
  })
}

test('a tablet of Acer is not taken for a phone of Sony', () => {
  const agent =
    'Mozilla/5.0 (Linux; Android 14; B1730) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36'
  assert.equal(new UAParser(agent).getDevice().vendor, 'Acer')
  assert.notEqual(deviceVendor('B1730'), 'Sony')
})
