const people = [
  ['Ada', 'Kowalska', 'female', 'Warsaw', 'Poland', '+48 22 555 01 12'],
  ['Jonas', 'Lindqvist', 'male', 'Uppsala', 'Sweden', '+46 18 555 01 40'],
  ['Marta', 'Oliveira', 'female', 'Porto', 'Portugal', '+351 22 555 0166'],
  ['Bram', 'de Vries', 'male', 'Utrecht', 'Netherlands', '+31 30 555 0173'],
  ['Ines', 'Moreau', 'female', 'Lyon', 'France', '+33 4 55 55 01 91'],
]

/** Somebody pleasant; another one next time, so that the profiles of a sandbox are not all called Ada. */
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
  phone: '+48 58 555 01 88',
  plan: 'Office breakfast',
}
