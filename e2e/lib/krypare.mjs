// Walks every route in every role and says where a page is not what the table promises.

import { createHash } from 'node:crypto';
import { axe } from './kontroller.mjs';
import { nyKontext } from './webblasare.mjs';

/** The role of whoever has not signed in. */
export const ANONYM = 'anonym';
/** Files are tried elsewhere; a browser would only save them. */
const FIL = /\/(utkast|rapport)\.[a-z]+$/;

/**
 * Fills in `exempel` of every GET route with the first `tak` addresses of it that links lead
 * to, from the pages `start` on. A page that no link leads to is left without.
 */
export async function samlaExempel({ kontext, adress, rutter, start, tak = 2 }) {
  const lasbara = rutter.filter((r) => r.metod === 'GET').map((r) => ({ ...r, exempel: [] }));
  const funna = new Set(start);
  for (const url of funna) {
    const { pathname } = new URL(url, adress);
    const rutt = ruttFor(lasbara, pathname);
    if (!rutt || rutt.exempel.length >= tak) continue;
    rutt.exempel.push(url);
    if (FIL.test(pathname)) continue;
    const svar = await kontext.request.get(adress + url);
    for (const [, href] of (await svar.text()).matchAll(/\shref="(\/[^"]*)/g)) {
      // The signs are put back first: the one of an escaped & is no fragment.
      funna.add(href.replaceAll('&amp;', '&').replaceAll('&#38;', '&').split('#')[0]);
    }
  }
  return lasbara;
}

/** The route a path belongs to; one without parameters goes before one with. */
export function ruttFor(rutter, stig) {
  const delar = stig.split('/');
  const passar = ({ monster }) => {
    const egna = monster.split('/');
    return egna.length === delar.length
      && egna.every((del, i) => (del.startsWith('{') ? delar[i] !== '' : del === delar[i]));
  };
  const antal = (rutt) => rutt.monster.split('{').length;
  return rutter.filter(passar).sort((a, b) => antal(a) - antal(b))[0];
}

/**
 * Visits every example as this role. Pages that may be opened are put before axe and must be
 * silent in the console; the others must be refused. `sedda` spares pages that another role
 * has already shown letter by letter.
 */
export async function krypRoll({ kontext, adress, rutter, roll, sedda }) {
  const svar = { besokta: 0, kontrollerade: 0, fel: [] };
  // The console's word of a refusal may come late, and is then no fault of the page after it.
  const [sida, stangd] = [await kontext.newPage(), await kontext.newPage()];
  const brus = lyssna(sida, adress);
  for (const rutt of rutter) {
    for (const url of rutt.exempel) {
      brus.length = 0;
      svar.besokta += 1;
      const fel = rutt.roller.includes(roll)
        ? await tillaten(sida, adress + url, { sedda, svar, brus })
        : await nekad(stangd, adress + url, roll);
      svar.fel.push(...fel.map((text) => `${roll} ${url} (${rutt.namn}): ${text}`));
    }
  }
  await Promise.all([sida.close(), stangd.close()]);
  return svar;
}

/** Opens the examples one by one for `kontroll(sida, url)`, which gives its remarks. */
export async function varjeSida({ kontext, adress, rutter, roll, kontroll }) {
  const sida = await kontext.newPage();
  const fel = [];
  let antal = 0;
  for (const rutt of rutter.filter((r) => r.roller.includes(roll))) {
    for (const url of rutt.exempel) {
      const { html } = await hamta(sida, adress + url);
      if (!html) continue;
      antal += 1;
      const svar = await kontroll(sida, adress + url);
      fel.push(...svar.map((text) => `${url} (${rutt.namn}): ${text}`));
    }
  }
  await sida.close();
  return { antal, fel };
}

/** Collects what a page complains of: its console, failed requests, calls to elsewhere. */
function lyssna(sida, adress) {
  const brus = [];
  sida.on('console', (rad) => {
    if (rad.type() === 'error') brus.push(`konsol: ${rad.text()} (${rad.location().url})`);
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

async function tillaten(sida, url, { sedda, svar, brus }) {
  const forst = await hamta(sida, url);
  if (forst.nedladdning) return [];
  if (forst.status !== 200) return [`svarade ${forst.status} i stället för 200`];
  if (!forst.html) return [];
  const innehall = fingeravtryck(await sida.content());
  if (sedda.has(innehall)) return [...brus];
  sedda.add(innehall);
  svar.kontrollerade += 1;
  return [...(await axe(sida)), ...brus];
}

async function hamta(sida, url) {
  try {
    const svar = await sida.goto(url);
    const sort = svar.headers()['content-type'] ?? '';
    return { status: svar.status(), html: sort.startsWith('text/html'), slut: sida.url() };
  } catch (fel) {
    // A file that is offered for saving never becomes a page.
    if (/Download is starting|ERR_ABORTED/.test(fel.message)) return { nedladdning: true };
    throw fel;
  }
}

/** A stranger is sent to sign in; whoever is signed in meets a refusal. */
async function nekad(sida, url, roll) {
  const svar = await hamta(sida, url);
  if (svar.nedladdning) return ['gav en fil som rollen inte får'];
  if (roll === ANONYM && new URL(svar.slut).pathname === '/logga-in') return [];
  if ([401, 403, 404].includes(svar.status)) return [];
  return [`svarade ${svar.status} fast rollen inte får`];
}

/** Tokens, and the name of the role in the page's head, differ between two showings. */
function fingeravtryck(html) {
  const lika = html
    .replace(/(name="(?:csrf|idempotens)" value=")[^"]*/g, '$1')
    .replace(/(<a href="\/behorighet">)[^<]*/g, '$1');
  return createHash('sha256').update(lika).digest('hex');
}

const huvudtext = () => {
  // Copying a table is for scripts alone: its button is shown where they run.
  document.querySelector('[data-kopiera]')?.setAttribute('hidden', '');
  return document.querySelector('main')?.innerText.replace(/\s+/g, ' ').trim() ?? '';
};
/** What may be filled in and sent: names and buttons, less the tokens. */
const formular = () => [...document.querySelectorAll('main :is(input, select, textarea, button)')]
  .map((e) => `${e.tagName} ${e.name} ${e.type} ${e.disabled} ${e.form?.getAttribute('action')}`)
  .sort().join('\n');

/** Without scripts the page says the same and offers the same fields. */
export async function likaUtanSkript(sida, utanSkript, url) {
  const med = [await sida.evaluate(huvudtext), await sida.evaluate(formular)];
  const andra = await utanSkript.newPage();
  try {
    await andra.goto(url);
    const utan = [await andra.evaluate(huvudtext), await andra.evaluate(formular)];
    if (utan[0] === '') return ['utan skript: sidan är tom'];
    const svar = [];
    if (med[0] !== utan[0]) svar.push('utan skript: sidan säger något annat');
    if (med[1] !== utan[1]) svar.push('utan skript: sidan har andra fält');
    return svar;
  } finally {
    await andra.close();
  }
}

/** A second context with the same sign-in, where no script may run. */
export async function utanSkript(webblasare, kontext) {
  const lage = await kontext.storageState();
  return nyKontext(webblasare, { javaScriptEnabled: false, storageState: lage });
}
