import { describe, expect, test } from 'vitest'
import { changeable } from '@/lib/config/all'
import { check, environmentRows, settingNames, settingWords } from '@/lib/config/form'
import { textsOfStored, valuesOf } from '@/lib/config/stored'

describe('what an admin has set', () => {
  test('is read as if the environment said it', () => {
    const texts = textsOfStored({
      serverName: 'Ada’s',
      eventDays: 7,
      longestAccessTokenMinutes: 60,
    })
    expect(texts).toEqual({ PORTICO_SERVER_NAME: 'Ada’s', PORTICO_EVENT_DAYS: '7' })
    expect(valuesOf(texts)).toMatchObject({
      serverName: 'Ada’s',
      eventDays: 7,
      eventMegabytes: 512,
    })
  })

  test('counts as absent where it is none of the values any more', () => {
    expect(textsOfStored({ eventDays: 0, eventMegabytes: 1, serverName: '' })).toEqual({})
  })

  test('is told by words, each its own', () => {
    const words = Object.values(settingWords)
    expect(words).toContain('Access token lifetime, minutes')
    expect(new Set(words).size).toBe(settingNames.length)
  })
})

describe('the form', () => {
  const standard = Object.entries(valuesOf({})).map(([name, value]) => [name, String(value)])
  const typed = (changes: Readonly<Record<string, string>>) =>
    check({ ...Object.fromEntries(standard), ...changes })

  test('takes what holds already, by the names of the variables', () => {
    const { texts, problems } = typed({})
    expect(problems).toEqual({})
    expect(Object.keys(texts)).toEqual(changeable.map(({ variable }) => variable))
  })

  test.each([
    [{ serverName: ' ' }, { serverName: 'Give the server a name of at most 80 characters.' }],
    [{ eventDays: '1e2' }, { eventDays: 'Enter a whole number from 1 to 3650.' }],
    [{ eventDays: '' }, { eventDays: 'Enter a whole number from 1 to 3650.' }],
    [
      { refreshIdleDays: '9', refreshMaxDays: '8' },
      { refreshIdleDays: 'An unused connection cannot live longer than any connection.' },
    ],
  ])('says what is wrong with %j', (changes, problems) => {
    expect(typed(changes).problems).toEqual(problems)
  })

  test('of two faults each field has its own', () => {
    expect(Object.keys(typed({ eventDays: 'x', eventMegabytes: '1' }).problems)).toEqual([
      'eventDays',
      'eventMegabytes',
    ])
  })
})

test('what the environment says is shown in the groups of the page', () => {
  const groups = environmentRows().map(({ group }) => group)
  expect([...new Set(groups)].sort()).toEqual(['Alerts', 'Protocol', 'Server', 'Sign-in'])
})
