/** The chart library as the sandbox serves it, beside the inspector's own files. */
declare module '*/uPlot.esm.js' {
  import uPlot from 'uplot'
  export default uPlot
}
