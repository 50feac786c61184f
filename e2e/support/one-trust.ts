/**
 * OneTrust's script as its guide describes it
 * (https://developer.onetrust.com/onetrust/docs/javascript-events-guide): it keeps the choice in cookies of its own, names
 * the active groups in `OnetrustActiveGroups`, calls the page's `OptanonWrapper`, and raises `OneTrustGroupsUpdated`, as it
 * loads and after each choice.
 */
export const oneTrust = `
  (() => {
    const chosen = /OptanonConsent=([^;]*)/.exec(document.cookie)?.[1]
    let groups = (chosen ?? 'C0001').split('+')
    let isClosed = chosen !== undefined
    const tell = () => {
      window.OnetrustActiveGroups = ',' + groups.join(',') + ','
      window.OptanonWrapper?.()
      dispatchEvent(new CustomEvent('OneTrustGroupsUpdated', { detail: groups }))
    }
    const choose = (...chosenGroups) => {
      groups = ['C0001', ...chosenGroups]
      isClosed = true
      document.cookie = 'OptanonConsent=' + groups.join('+') + '; path=/'
      tell()
    }
    window.OneTrust = {
      IsAlertBoxClosed: () => isClosed,
      AllowAll: () => choose('C0002', 'C0003'),
      RejectAll: () => choose(),
    }
    tell()
  })()`
