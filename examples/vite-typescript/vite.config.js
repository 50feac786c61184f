// Modules that await at their top level need browsers of 2021 and later.
export default { build: { target: 'es2022' } }
