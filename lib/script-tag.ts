// userengage.min.js: joins the page's analytics.js, whether it is loaded, still loading, or comes later.
import { readPageTag, registerWithPage } from './browser/page-tag.ts'
import { userEngage } from './plugin.ts'

const { plugin, globalName } = readPageTag(userEngage, { isOptional: true })
if (plugin) registerWithPage(plugin, globalName)
