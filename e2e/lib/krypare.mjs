// Walks every route in every role and says where a page is not what the table promises.

import { createHash } from 'node:crypto';
import { allt } from './kontroller.mjs';
import { nyKontext } from './webblasare.mjs';

/** The role of whoever has not signed in. */
export const ANONYM = 'anonym';

/** Whether a role may open a route; what is open to the public is open to all. */
export function far(rutt, roll) {
  return rutt.roller.includes(roll) || rutt.roller.includes(ANONYM);
}

/**
 * Visits every example of every GET route as this role. Pages that may be opened are put
 * through all checks; the others must be refused without saying whether the thing exists.
 * `sedda` spares pages whose contents another role has already shown.
 */
export async function krypRoll({ kontext, utanSkript, adress, rutter, roll, sedda }) {
  const svar = { besokta: 0, kontrollerade: 0, fel: [] };
  const sida = await kontext.newPage();
  const brus = lyssna(sida, adress);
  for (const rutt of rutter.filter((r) => r.metod === 'GET')) {
    for (const url of rutt.exempel) {
      const fel = await besok({ sida, utanSkript, adress, rutt, url, roll, sedda, svar, brus });
      svar.fel.push(...fel.map((text) => `${roll} ${url} (${rutt.namn}): ${text}`));
    }
  }
  await sida.close();
  return svar;
}

/** Collects what a page complains of: its console, failed requests, calls to elsewhere. */
function lyssna(sida, adress) {
  const brus = [];
  sida.on('console', (rad) => {
    if (rad.type() === 'error') brus.push(`konsol: ${rad.text()}`);
  });
  sida.on('pageerror', (fel) => brus.push(`skriptfel: ${fel.message}`));
  sida.on('request', (fraga) => {
    if (!fraga.url().startsWith(adress) && !fraga.url().startsWith('data:')) {
      brus.push(`anrop utanför: ${fraga.url()}`);
    }
  });
  sida.on('requestfailed', (fraga) => {
    if (!fraga.failure()?.errorText.includes('ERR_ABORTED')) brus.push(`föll: ${fraga.url()}`);
  });
  return brus;
}

async function besok({ sida, utanSkript, adress, rutt, url, roll, sedda, svar, brus }) {
  brus.length = 0;
  svar.besokta += 1;
  if (!far(rutt, roll)) return nekad(sida, adress, url, roll);
  const forst = await hamta(sida, adress, url);
  if (forst.nedladdning) return [];
  if (forst.status !== 200) return [`svarade ${forst.status} i stället för 200`];
  if (!forst.html) return [];
  const innehall = fingeravtryck(await sida.content());
  if (sedda.has(innehall)) return [...brus];
  sedda.add(innehall);
  svar.kontrollerade += 1;
  const fel = [...(await allt(sida)), ...brus];
  return fel.concat(await likaUtanSkript(sida, utanSkript, adress + url));
}

async function hamta(sida, adress, url) {
  try {
    const svar = await sida.goto(adress + url);
    const sort = svar.headers()['content-type'] ?? '';
    return { status: svar.status(), html: sort.startsWith('text/html'), slut: sida.url() };
  } catch (fel) {
    // A file that is offered for saving never becomes a page.
    if (/Download is starting|ERR_ABORTED/.test(fel.message)) return { nedladdning: true };
    throw fel;
  }
}

/** A stranger is sent to sign in; whoever is signed in meets the same page as for nothing. */
async function nekad(sida, adress, url, roll) {
  const svar = await hamta(sida, adress, url);
  if (svar.nedladdning) return ['gav en fil som rollen inte får'];
  if (roll === ANONYM && new URL(svar.slut).pathname === '/logga-in') return [];
  if ([401, 403, 404].includes(svar.status)) return [];
  return [`svarade ${svar.status} fast rollen inte får`];
}

/** Tokens and clocks differ between two showings of the same page. */
function fingeravtryck(html) {
  const lika = html
    .replace(/(name="(?:csrf|nyckel|token|idempotens)[^"]*" value=")[^"]*/g, '$1')
    .replace(/(value=")[^"]*(" name="(?:csrf|nyckel|token|idempotens))/g, '$1$2');
  return createHash('sha256').update(lika).digest('hex');
}

/** Without scripts the page says the same and offers the same fields. */
async function likaUtanSkript(sida, utanSkript, url) {
  const text = () => document.querySelector('main')?.innerText.replace(/\s+/g, ' ').trim() ?? '';
  const med = await sida.evaluate(text);
  const andra = await utanSkript.newPage();
  try {
    await andra.goto(url);
    const utan = await andra.evaluate(text);
    if (utan === '') return ['utan skript: sidan är tom'];
    return med === utan ? [] : ['utan skript: sidan säger något annat'];
  } finally {
    await andra.close();
  }
}

/** A second context with the same sign-in, where no script may run. */
export async function utanSkript(webblasare, kontext) {
  const lage = await kontext.storageState();
  return nyKontext(webblasare, { javaScriptEnabled: false, storageState: lage });
}
