import { createRelay } from 'userengage-relay'

// Without an account: the sandbox, and the token of its demo app.
const { USERCOM_URL = 'http://localhost:4400/api/public/', USERCOM_TOKEN = 'demo-token' } = process.env
const { SITE = 'http://localhost:3000' } = process.env

const relay = createRelay({ url: USERCOM_URL, token: USERCOM_TOKEN, origins: [SITE] })

export { relay as GET, relay as OPTIONS, relay as POST }
