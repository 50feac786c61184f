/** @import { VisitState } from './visit.js' */
import { element } from '../inspector/element.js'
import { companyForm } from './company-form.js'
import { signUpForm } from './sign-up-form.js'

/**
 * @param {VisitState} state
 * @param {{
 *   signUp: (userId: string, traits: Record<string, unknown>) => void,
 *   join: (groupId: string, traits: Record<string, unknown>) => void,
 *   signOut: () => void,
 * }} acts
 */
export function youView({ customer, company }, { signUp, join, signOut }) {
  return element(
    'section',
    { class: 'narrow', 'data-testid': 'you-view' },
    element('h1', {}, customer ? `Good morning, ${customer.firstName}` : 'Who is up already?'),
    customer
      ? element(
          'p',
          { class: 'known' },
          'You are ',
          element('code', { 'data-testid': 'user-id' }, customer.userId),
          element('button', { type: 'button', click: signOut }, 'Sign out'),
        )
      : element('p', {}, 'It is filled in already. Change what you like, or just press the button.'),
    !customer && signUpForm(signUp),
    element('h2', {}, 'Breakfast for the whole office'),
    company
      ? element(
          'p',
          { class: 'known', 'data-testid': 'company' },
          'You are with ',
          element('strong', {}, company),
        )
      : element('p', {}, 'Join your company and the beans arrive before the meetings do.'),
    !company && companyForm(join),
  )
}
