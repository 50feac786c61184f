import posthog from 'posthog-js'

// https://posthog.com/docs/libraries/js/config: everything off that sends by itself, or loads more code.
export function init(url) {
  posthog.init('phc_bench', {
    api_host: url,
    autocapture: false,
    capture_pageview: false,
    capture_pageleave: false,
    disable_session_recording: true,
    disable_surveys: true,
    advanced_disable_flags: true,
    capture_performance: false,
    disable_external_dependency_loading: true,
    // It drops what is more than 10 a second: the backlogs are made faster.
    rate_limiting: { events_per_second: 20_000, events_burst_limit: 20_000 },
    // It drops what headless browsers do.
    opt_out_useragent_filter: true,
  })
}

export function track(event, properties) {
  posthog.capture(event, properties)
}
