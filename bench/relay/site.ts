/** The origin that the messages come from. */
export const site = 'https://shop.example'
