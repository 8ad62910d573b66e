// A participant registered by keyboard alone, counted as the keystroke-level model does, and
// what the browser is left with afterwards.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as fixtur from '../fixtur.mjs';

/** Seconds: a key, and a moment of thought at each field (Card, Moran and Newell 1980). */
const TANGENT = 0.28;
const TANKE = 1.35;
/** The most that a registration may take. */
const MEST = 60;
/** Of the tax agency's test series: nobody's. */
const NUMMER = '9505099888';

let varld;

before(async () => { varld = await fixtur.varld(); });
after(() => varld?.stang());

/** Tabs on until the field with this id has the focus. */
async function till(sida, id, rakna) {
  for (let steg = 0; steg < 60; steg += 1) {
    if (await sida.evaluate(() => document.activeElement?.id) === id) return;
    await sida.keyboard.press('Tab');
    rakna(1);
  }
  assert.fail(`fältet ${id} nås inte med tabb`);
}

test(`en deltagare registreras med bara tangentbord på högst ${MEST} sekunder`, async (t) => {
  const kontext = await varld.som('deltagaransvarig', 'forsby');
  const sida = await kontext.newPage();
  await sida.goto(`${varld.adress}/deltagare`);
  const lank = sida.getByRole('link', { name: 'Registrera en deltagare' }).first();
  let tangenter = 0; let tankar = 1;
  const rakna = (n) => { tangenter += n; };
  await lank.focus();
  await sida.keyboard.press('Enter');
  rakna(1);
  await sida.waitForURL(/registrera/);
  // What is chosen for them already is passed by.
  for (const [id, text] of [
    ['kand', NUMMER], ['kon', 'kv'], ['forsorjning', 'fö'], ['sysselsattning', 'ing'],
    ['utbildning', 'gy'], ['tid', 'ett'], ['startlage', 'ett'], ['remittent', 'so'],
  ]) {
    await till(sida, id, rakna);
    await sida.keyboard.type(text);
    rakna(text.length);
    tankar += 1;
    assert.notEqual(await sida.locator(`#${id}`).inputValue(), '', id);
  }
  await sida.keyboard.press('Tab');
  await sida.keyboard.press('Enter');
  rakna(2);
  await sida.waitForURL(/gjort=registrerad/);
  const sekunder = tangenter * TANGENT + tankar * TANKE;
  t.diagnostic(`${tangenter} tangenter, ${tankar} tankar, ${sekunder.toFixed(1)} sekunder`);
  assert.ok(sekunder <= MEST, `${sekunder} sekunder`);
  assert.match(await sida.locator('main').innerText(), /19950509-9888/);
  // Neither the address nor the title, which the history keeps, says who it is.
  assert.doesNotMatch(sida.url(), /9505|9888/);
  assert.doesNotMatch(await sida.title(), /9505|9888/);
  assert.deepEqual(await fixtur.axe(sida), []);
  await sida.close();
});

test('det som skrevs står kvar när något är fel, och webbläsaren minns inget', async () => {
  const kontext = await varld.som('deltagaransvarig', 'forsby');
  const sida = await kontext.newPage();
  await sida.goto(`${varld.adress}/deltagare/registrera`);
  await sida.locator('#kand').fill('950509-9886');
  await sida.locator('#namn').fill('Påhittad Tall');
  await sida.getByRole('button', { name: 'Spara deltagaren' }).click();
  await sida.waitForSelector('[role="alert"]');
  assert.equal(await sida.locator('#kand').inputValue(), '950509-9886');
  assert.equal(await sida.locator('#namn').inputValue(), 'Påhittad Tall');
  for (const id of ['kand', 'namn']) {
    const falt = sida.locator(`#${id}`);
    assert.equal(await falt.getAttribute('autocomplete'), 'off');
    assert.equal(await falt.getAttribute('spellcheck'), 'false');
  }
  assert.deepEqual(await fixtur.axe(sida), []);
  const lagrat = await sida.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  assert.equal(lagrat, '[{},{}]');
  await sida.close();
});
