import { track } from '../calls.ts'
import { expect } from '../fixtures.ts'
import { openPlace } from '../inspector.ts'
import { pageViewsBelow } from '../single-page-app.ts'
import { arrived, flush, type Scenario, type Trouble } from './trouble.ts'

const identify = async ({ page }: Trouble, traits: object): Promise<void> => {
  await page.evaluate((given) => window.analytics.identify('ada', given).then(() => true), traits)
  expect(await flush(page)).toBe(true)
}

/** What arrives, and then looks wrong. */
export const dataTroubles: Record<string, Scenario> = {
  async 'an attribute is a text instead of a number'(trouble) {
    const { account } = trouble
    await account.defines('seats', 'number')
    await trouble.openShop()
    await identify(trouble, { age: 42, seats: 5 })
    expect(await account.profile('ada')).toMatchObject({ age: '42', seats: 5 })
    return []
  },

  async 'an attribute does not change'(trouble) {
    const { account, context, row } = trouble
    await account.defines('age', 'integer')
    await trouble.openShop()
    await identify(trouble, { age: 30 })
    await identify(trouble, { age: 'old' })
    expect(await account.profile('ada')).toMatchObject({ age: 30 })
    const inspector = await context.newPage()
    await openPlace(inspector, account, 'messages')
    await inspector.getByTestId('message-row').first().click()
    await expect(inspector.getByTestId('message-changes')).toContainText('not a whole number')
    const heading = await inspector.getByRole('heading', { level: 3 }).first().textContent()
    expect(row).toContain(`under "${heading}"`)
    return []
  },

  async 'an event counts twice'(trouble) {
    const { account } = trouble
    const page = await trouble.openShop()
    await identify(trouble, {})
    await account.answersWith({ loseAnswer: true })
    await track(page, 'A')
    await expect.poll(() => page.evaluate(() => window.plugin.stats().delivered)).toBe(2)
    const ofA = (await account.messages()).filter(({ body }) => body.event === 'A')
    expect(ofA.length).toBeGreaterThan(1)
    expect(new Set(ofA.map(({ body }) => body.messageId)).size).toBe(1)
    expect(await account.eventsOf('ada')).toHaveLength(1)
    return []
  },

  async 'the first page of a single-page app counts twice'(trouble) {
    const { page, account } = trouble
    await trouble.openShop({ autoPage: true })
    await page.evaluate(() => window.analytics.page().then(() => true))
    await arrived(trouble, 'page')
    await page.evaluate(() => history.pushState({}, '', `${location.pathname}/bag`))
    await arrived(trouble, 'page', 'page')
    expect(await pageViewsBelow(page.url().replace('/bag', ''), account)).toMatchObject([{ path: '/bag' }])
    return []
  },

  async '`device_name` is empty'(trouble) {
    await trouble.openShop()
    await identify(trouble, {})
    expect(await trouble.account.profile('ada')).toMatchObject({ device_type: 'desktop' })
    expect((await trouble.account.profile('ada')).device_name ?? '').toBe('')
    return []
  },
}
