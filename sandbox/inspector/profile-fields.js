/** The fields of a profile that it does not owe to its own customer's imagination, as they are shown. */
export const standardFields = [
  'id',
  'custom_id',
  'email',
  'first_name',
  'last_name',
  'name',
  'phone_number',
  'gender',
  'country',
  'region',
  'city',
  'page_views',
  'first_seen',
  'last_seen',
]

/** What the plugin found out about browser and device. */
export const contextFields = [
  'browser_family',
  'browser_version',
  'os',
  'device_type',
  'device_name',
  'resolution',
  'language',
  'timezone',
  'ip_address',
  'current_url',
  'user_agent',
]
