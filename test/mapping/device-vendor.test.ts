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
  ['CPH2449', 'OPPO'],
  ['CPH2219', 'OPPO'],
  ['RMX3085', 'Realme'],
  ['V2031', 'Vivo'],
  ['VOG-L29', 'Huawei'],
  ['21081111RG', 'Xiaomi'],
  ['M2007J20CG', 'Xiaomi'],
  ['XT1068', 'Motorola'],
  ['vivo 1904', 'Vivo'],
  ['MAR-LX1A', 'Huawei'],
  ['ALI-NX1', 'Huawei'],
  ['HUAWEI P30', 'Huawei'],
  ['ONEPLUS A6003', 'OnePlus'],
  ['LE2115', 'OnePlus'],
  ['KB2003', 'OnePlus'],
  ['DN2103', 'OnePlus'],
  ['XQ-BC52', 'Sony'],
  ['SO-51B', 'Sony'],
  ['G8341', 'Sony'],
  ['LM-G900', 'LG'],
  ['LG-H870', 'LG'],
  ['Nokia 7.2', 'Nokia'],
  ['TA-1032', 'Nokia'],
  ['Lenovo TB-X606F', 'Lenovo'],
  ['TB-X505F', 'Lenovo'],
  ['ASUS_X00TD', 'ASUS'],
  ['ASUS_I005DA', 'ASUS'],
  ['One-Plan', undefined],
  ['QX7', undefined],
] as const) {
  test(`the maker of ${model} is ${vendor}, and ua-parser-js does not say otherwise`, () => {
    assert.equal(deviceVendor(model), vendor)
    const agent = `Mozilla/5.0 (Linux; Android 14; ${model}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36`
    assert.equal(new UAParser(agent).getDevice().vendor ?? vendor, vendor)
  })
}
