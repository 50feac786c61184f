// The face of userengage.min.js: joins the page's analytics.js, be it loaded, loading, or still to come.
import { readTag, register } from './tag.ts'

const { plugin, globalName } = readTag({ optional: true })
if (plugin) register(plugin, globalName)
