// Debian's Chromium, and one signed-in context for each account.

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

// Without these Chromium looks for its maker's servers at every start. No sandbox: CI is root.
const FLAGGOR = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

export const BRED = { width: 1280, height: 900 };
export const SMAL = { width: 320, height: 640 };

/** The browser of the machine; its absence is an error, never a skipped test. */
function programmet() {
  if (process.env.UTFALL_CHROMIUM) return process.env.UTFALL_CHROMIUM;
  const mappar = (process.env.PATH ?? '').split(delimiter);
  const stig = mappar.map((mapp) => join(mapp, 'chromium')).find(existsSync);
  if (!stig) throw new Error('Chromium saknas. Kör som root: apt-get install chromium');
  return stig;
}

export function startaWebblasare() {
  return chromium.launch({ executablePath: programmet(), headless: true, args: FLAGGOR });
}

/** A context in which nothing leaves the machine and Swedish is the language. */
export function nyKontext(webblasare, val = {}) {
  return webblasare.newContext({
    viewport: BRED,
    locale: 'sv-SE',
    timezoneId: 'Europe/Stockholm',
    reducedMotion: 'reduce',
    ...val,
  });
}

/** A context that is signed in through the page itself, as a person does it. */
export async function inloggad(webblasare, adress, konto, val = {}) {
  const kontext = await nyKontext(webblasare, val);
  const sida = await kontext.newPage();
  await sida.goto(`${adress}/logga-in`);
  await sida.locator('input[autocomplete="username"]').fill(konto.konto);
  const losenord = sida.locator('input[type="password"]');
  await losenord.fill(konto.losenord);
  await Promise.all([sida.waitForURL((url) => url.pathname !== '/logga-in'), losenord.press('Enter')]);
  await sida.close();
  return kontext;
}
