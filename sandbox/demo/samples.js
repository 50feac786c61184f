const people = [
  ['Ada', 'Kowalska', 'female', 'Warsaw', 'Poland', '+48225550112'],
  ['Jonas', 'Lindqvist', 'male', 'Uppsala', 'Sweden', '+46185550140'],
  ['Marta', 'Oliveira', 'female', 'Porto', 'Portugal', '+351225550166'],
  ['Bram', 'de Vries', 'male', 'Utrecht', 'Netherlands', '+31305550173'],
  ['Ines', 'Moreau', 'female', 'Lyon', 'France', '+33455550191'],
]

/** A random person, so that the profiles of a sandbox differ. */
export function samplePerson() {
  const [firstName = '', lastName = '', gender = '', city = '', country = '', phone = ''] =
    people[Math.floor(Math.random() * people.length)] ?? []
  const email = `${firstName}.${lastName}@example.com`.toLowerCase().replaceAll(' ', '')
  return { firstName, lastName, email, phone, gender, city, country }
}

export const sampleCompany = {
  name: 'Lighthouse Bakery',
  employees: '12',
  email: 'hello@lighthouse.example',
  phone: '+48585550188',
  plan: 'Office breakfast',
}
